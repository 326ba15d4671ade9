"""What the demo community talks about under its announcements and on its boards."""

# board slug, author key ("" draws a voter), title, posts (author key or "", text)
TOPICS: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "bugs", "", "相机闪退的朋友来这里集合",
        (
            ("", "Mini，超广角拍第二张就闪退，重启也没用。\n\n复现步骤：\n1. 打开相机\n2. 切超广角\n3. 连拍两张"),
            ("", "One 5s 也是，不过我是切夜景的时候。"),
            ("raj", "已定位，是释放预览缓存太早。修复进下一版，谢谢三位给的日志。"),
            ("", "效率太高了，给工程师加鸡腿"),
        ),
    ),
    (
        "experience", "", "Sunset lock screen on a two-screen phone: my setup",
        (
            ("", "On the Fold 2 I keep the inner screen in slate and let only the outer one follow the sunset. It looks as if the phone knew what time it is. Anyone with a nicer pairing?"),
            ("mei", "That is lovely. The inner screen follows too if you long-press the theme, but I like yours more."),
            ("", "Try it with the dual clock. One line of text, nothing else."),
        ),
    ),
    (
        "ideas", "", "双时钟能不能显示农历？",
        (
            ("", "老家的时间有了，要是能再带上农历日期就完美了。"),
            ("anna", "Good idea. The lunar date is one line; we are trying where it may stand without crowding the clock."),
            ("", "+1，奶奶只认农历"),
        ),
    ),
    (
        "help", "", "How do I stop charging from pausing at 80 %?",
        (
            ("", "I work nights. The phone learnt that I sleep at three in the afternoon and now it never gets full. Where is the switch?"),
            ("wang", "Settings → Battery → Charging → *Pause overnight*. We know it is too well hidden; it moves to the battery page next Friday."),
            ("", "找到了，谢谢！确实藏得太深。"),
        ),
    ),
    (
        "chat", "", "每周五晚上你们都几点更新？",
        (
            ("", "我一般等 17:05，先看看前排有没有变砖的 :)"),
            ("", "17:00 整，仪式感。"),
            ("", "Saturday morning with coffee. Let the brave go first."),
            ("", "周五不更新，周末没话题。"),
        ),
    ),
    (
        "ideas", "", "Scheduled silent mode: by calendar or by place?",
        (
            ("", "Meetings move, offices do not. Would you rather have silence follow the calendar or the place?"),
            ("dan", "We build calendar first, it is the clearer promise. Place can come on top."),
            ("", "日程 +1，地点太费电"),
        ),
    ),
    (
        "bugs", "", "便签最后一行还会丢吗？",
        (
            ("", "上上周修过一次，我这里又遇到了，只在断网时。"),
            ("anna", "Offline and then closed within a second? Then it is a second cause. Could you send me the time of day?"),
            ("", "昨晚 23:41，便签标题“菜谱”。"),
            ("anna", "Found it, thank you. It goes into the coming build."),
        ),
    ),
)  # fmt: skip

# Replies under a build's announcement.
REPLIES = (
    "前排！",
    "更新完毕，一切正常，One 5s。",
    "Updated in four minutes, no trouble.",
    "这周改动不少啊",
    "Thanks for fixing the alarm.",
    "通话录音那个太实用了",
    "Anyone else on the Mini? Waiting for reports first.",
    "Note 3 稳，续航待观察。",
    "期待下周的静音日程",
    "Battery saver needs a switch, please.",
    "每周五最开心的时刻",
    "Works on the Fold, both screens.",
)
