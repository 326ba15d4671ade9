"""What the demo community wishes for beyond what its ballots name, and how managers answered.

A wish: title, what its author wrote, area, device, status, reason (or, of a merged one, the title
of the wish it became one with), and how many rounds ago it was decided; 0 is the coming build.
Those that shipped are made of the changes of past weeks (wishing.py).
"""

Wish = tuple[str, str, str, str, str, str, int]

MORE_WISHES: tuple[Wish, ...] = (
    ("来电时显示对方所在城市", "陌生号码打来，至少让我知道是哪儿的。", "Phone", "", "open", "", 0),
    ("闹钟按节假日自动跳过", "调休的时候总是白响一次。", "Clock", "", "open", "", 0),
    (
        "Share the hotspot by QR code",
        "Reading a 16 character password aloud is nobody's idea of fun.",
        *("Network", "", "open", "", 0),
    ),
    ("截长图可以从中间开始", "现在只能从头截，再裁掉一大半。", "Screen", "", "open", "", 0),
    (
        "One hand mode for the Fold",
        "The top row is out of reach on the outer screen too.",
        *("Screen", "Fold 2", "open", "", 0),
    ),
    (
        "Mini：锁屏时钟换小一号字体",
        "小屏上时钟占了三分之一。",
        *("Lock screen", "Mini", "open", "", 0),
    ),
    (
        "Read a message aloud while driving",
        "And let me answer with my voice.",
        *("Messages", "", "open", "", 0),
    ),
    ("拍照时提醒镜头脏了", "拍完才发现一片雾。", "Camera", "", "under_review", "", 0),
    (
        "Warn before a large download on mobile data",
        "An app update ate half of my month.",
        *("Network", "", "under_review", "", 0),
    ),
    ("短信按发件人拉黑关键词", "“贷款”两个字我不想再看见。", "Messages", "", "under_review", "", 0),
    ("息屏也能看步数", "跑步时不想解锁。", "Lock screen", "", "accepted", "", 0),
    (
        "Copy text out of any picture",
        "Long press, and the words are mine.",
        *("Gallery", "", "accepted", "", 0),
    ),
    (
        "相机记住上次的模式",
        "每次打开都回到自动，很烦。",
        *("Camera", "", "in_development", "", 0),
    ),
    (
        "充电到八成自动停",
        "整晚插着，心疼电池。",
        *("Power", "", "deferred", "要等充电芯片的新固件，两个版本以后再看。", 1),
    ),
    (
        "A dark keyboard at night",
        "It shines into my face at two in the morning.",
        *("Keyboard", "", "deferred", "Themes come first; the keyboard follows them.", 2),
    ),
    (
        "桌面图标可以随便摆",
        "不想自动对齐。",
        *("Screen", "", "deferred", "会影响折叠屏展开时的布局，先把那边理顺。", 3),
    ),
    (
        "Record calls by default",
        "So that I never miss the one that matters.",
        *(
            "Phone",
            "",
            "declined",
            "Not without asking the other side: in many places that is the law.",
            1,
        ),
    ),
    (
        "把广告短信直接转给运营商",
        "让他们自己看看。",
        *("Messages", "", "declined", "转发会带上你的号码和位置，我们不能替大家这么做。", 3),
    ),
    (
        "Lock an app with the fingerprint of a second finger",
        "One for home, one for the wallet.",
        *(
            "Privacy",
            "",
            "declined",
            "The sensor cannot tell fingers of one hand apart reliably.",
            5,
        ),
    ),
    (
        "拍手就能找到手机",
        "放在沙发缝里的时候。",
        "Sound",
        "",
        "merged",
        "Find the phone by clapping",
        1,
    ),
    (
        "剪贴板多存几条",
        "复制完第二条第一条就没了。",
        "Keyboard",
        "",
        "merged",
        "Clipboard history",
        1,
    ),
    (
        "Notes without unlocking",
        "An idea is gone by the time I have typed the code.",
        *("Lock screen", "", "merged", "Lock screen notes", 2),
    ),
    ("分屏拖一下就好", "现在要按三次。", "Screen", "", "merged", "Split the screen by dragging", 2),
    (
        "Screen recording is silent",
        "I want the sound of the game in it.",
        *("Screen", "", "merged", "Record the screen with inner sound", 3),
    ),
)

# What people said below wishes, drawn in turn.
REPLIES = (
    "+1，等这个很久了。",
    "Yes please, every day.",
    "我妈也需要这个。",
    "How would it work with two SIM cards?",
    "建议做成可以关掉的选项。",
    "I would vote twice if I could. Wait, I can.",
)
ANSWERED = ("我们看过了，理由写在提案页上。", "We have answered; the reason stands on the wish.")
