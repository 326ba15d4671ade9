"""What the demo product shipped, week by week: title, Chinese gloss, area, kind, who built it.

Engineers stand in the order of their share. Quality is not written here: the demo draws each
engineer's skill once and each change's luck from the same seed (voters.py).
"""

ENGINEERS: dict[str, tuple[str, str]] = {
    # key: name as signed, handle
    "lin": ("林浩", "linhao"),
    "mei": ("梅若溪", "meiruoxi"),
    "zhao": ("赵一鸣", "zhaoyiming"),
    "wang": ("王磊", "wanglei"),
    "raj": ("Raj Rao", "rajrao"),
    "zoe": ("Zoe Martin", "zoem"),
    "chen": ("陈思远", "siyuan"),
    "zhou": ("周可", "zhouke"),
    "jose": ("José Álvarez", "josealv"),
    "sun": ("孙悦", "sunyue"),
    "anna": ("Anna Kowalska", "annak"),
    "li": ("李想", "lixiang"),
    "wu": ("吴桐", "wutong"),
    "dan": ("Daniel Okafor", "danokafor"),
}

Change = tuple[str, str, str, str, str]

# A change a line, a blank line between two weeks.
_WEEKS = """
Dialer finds people by pinyin initials | 拨号盘支持拼音首字母找人 | Phone | feature | lin mei
Missed calls show how long they rang | 未接来电显示响铃时长 | Phone | improvement | lin
Block a number for one day only | 可以只拉黑一天 | Phone | feature | sun lin
Messages from couriers are grouped | 快递短信自动归组 | Messages | feature | zoe chen
Verification codes copy themselves | 验证码自动复制 | Messages | improvement | chen
Camera opens in half the time | 相机启动时间减半 | Camera | improvement | raj zhou
Night shots keep the colour of lamps | 夜景保留灯光颜色 | Camera | improvement | zhou
Gallery remembers the last zoom | 相册记住上次缩放 | Gallery | improvement | wu
Battery page names the app that drained most | 电池页直接说出最耗电的应用 | Power | feature | wang raj
Alarm fades in over thirty seconds | 闹钟三十秒渐强 | Clock | improvement | anna
Wi-Fi password as a QR code | 无线密码生成二维码 | Network | feature | jose dan
Fix: volume jumped after a call | 修复：通话后音量跳变 | Sound | fix | dan

Lock screen calendar shows the lunar date | 锁屏日历显示农历 | Lock screen | feature | mei
Themes can be tried before applying | 主题可先试用再应用 | Themes | feature | mei li
Notes sync while you type | 便签边写边同步 | Notes | improvement | anna chen
Checklists in notes sort what is done | 便签清单自动沉底 | Notes | feature | anna
Contacts merge duplicates after asking | 联系人合并前先询问 | Contacts | improvement | sun
Data plan reminder learns your billing day | 流量提醒学会账期 | Network | improvement | jose
Burst photos pick the sharpest | 连拍自动选最清晰 | Camera | feature | zhou raj
Fix: camera froze when storage was full | 修复：存储满时相机卡死 | Camera | fix | raj
Notification groups fold by themselves | 通知自动折叠 | Notifications | feature | zhao wu
Swipe a notification to snooze it | 左滑通知稍后提醒 | Notifications | feature | zhao
Share sheet puts people first | 分享面板联系人优先 | Sharing | improvement | li zhao
Fix: Bluetooth lost the car after a call | 修复：通话后车载蓝牙断开 | Sound | fix | dan jose

One tap sends a call to voice mail | 一键转语音信箱 | Phone | feature | lin sun
Call notes appear next time they ring | 下次来电显示通话备注 | Phone | feature | lin mei sun
Scheduled messages | 定时短信 | Messages | feature | chen zoe
Stickers for messages, drawn in house | 自绘短信表情 | Messages | feature | li
Document mode straightens pages | 文档模式自动拉直 | Camera | feature | zhou wu
Portraits keep loose hair | 人像保留发丝 | Camera | improvement | zhou
Battery saver learns your night | 省电模式学习作息 | Power | feature | raj wang
Charging sound can be your own | 充电音效可自定义 | Power | feature | wang
Weather widget shows rain by the hour | 天气小部件显示逐时降雨 | Widgets | feature | wu anna
Folder colours on the desktop | 桌面文件夹配色 | Desktop | feature | li mei
Fix: clock widget was a minute late | 修复：时钟部件慢一分钟 | Widgets | fix | wu
Hotspot turns off when nobody uses it | 热点闲置自动关闭 | Network | improvement | jose
File manager finds big old files | 文件管理找出又大又旧的文件 | Files | feature | dan chen

Dual clock for two home towns | 双时钟，两个家乡 | Clock | feature | anna jose
Timers have names | 计时器可以命名 | Clock | improvement | anna
Do not disturb lets family through | 免打扰放行家人 | Notifications | feature | zhao lin
Quick reply from the lock screen | 锁屏快捷回复 | Lock screen | feature | zhao mei
Lock screen themes follow the weather | 锁屏主题随天气变 | Themes | feature | mei
Gallery finds photos by place | 相册按地点查找 | Gallery | feature | wu zhou
Memories play without music if you like | 回忆可静音播放 | Gallery | improvement | wu
Fix: photos sent twice in groups | 修复：群发图片重复 | Messages | fix | chen
Music lyrics on the lock screen | 锁屏歌词 | Sound | feature | dan li
App lock by fingerprint per app | 单个应用指纹锁 | Privacy | feature | sun wang
Permission notes say why in one line | 权限说明一句话讲清 | Privacy | improvement | sun
Update page shows what changed for you | 更新页显示与你有关的变化 | Updates | feature | raj
Fix: 4G icon stuck after a flight | 修复：下飞机后网络图标不变 | Network | fix | jose

Screenshot becomes a long page | 长截图 | Screen | feature | zhao li
Blur names in a screenshot with one tap | 截图一键打码 | Screen | feature | zhao
Screen turns with your face | 屏幕跟随脸部旋转 | Screen | feature | raj zhou
Reading mode warms slowly at dusk | 阅读模式黄昏渐暖 | Screen | improvement | mei
Contacts show your last talk | 联系人显示最近往来 | Contacts | feature | sun lin
Business cards from the camera | 相机识别名片 | Contacts | feature | sun zhou
Notes can be drawn in | 便签手绘 | Notes | feature | anna li
Cloud backup tells what is missing | 云备份说明缺了什么 | Backup | improvement | chen dan
Move to a new phone over Wi-Fi | 换机助手走无线 | Backup | feature | dan chen jose
Keyboard guesses across two languages | 双语混输联想 | Keyboard | feature | wu
Keyboard vibrates only at mistakes | 键盘只在输错时振动 | Keyboard | feature | wu wang
Fix: fan sound while charging | 修复：充电时有风扇声 | Power | fix | wang

Ringtones from a part of any song | 任选片段做铃声 | Sound | feature | dan
Calls switch to speaker on the table | 放到桌上自动免提 | Phone | feature | lin wang
Strangers' calls say where from | 陌生来电显示归属地 | Phone | improvement | lin
Messages search inside pictures | 搜索图片里的文字 | Messages | feature | zoe wu
Bills in messages become a table | 账单短信汇成表 | Messages | feature | chen
Camera timer counts with light | 自拍倒计时灯光 | Camera | improvement | zhou
Video keeps the horizon | 视频地平线稳定 | Camera | feature | raj zhou
Battery health in plain words | 电池健康说人话 | Power | improvement | wang
New share sheet | 新分享面板 | Sharing | feature | li zhao
Nearby sharing shows faces | 附近分享显示头像 | Sharing | feature | jose li
Children's mode with a wish list | 儿童模式加心愿单 | Family | feature | anna sun
Fix: alarm silent in headphones | 修复：戴耳机时闹钟不响 | Clock | fix | anna
Fix: theme shop lost your favourites | 修复：主题商店丢失收藏 | Themes | fix | mei

Desktop pages by place: home and work | 桌面随地点切换 | Desktop | feature | mei jose
Icons keep their place on rotation | 旋转后图标不乱跑 | Desktop | improvement | li
Widgets stack and turn | 小部件叠放轮换 | Widgets | feature | wu li
Expense widget reads bill messages | 记账部件读取账单短信 | Widgets | feature | wu chen
Fingerprint opens what you hid | 指纹打开隐藏内容 | Privacy | feature | sun
Camera light for documents | 文档补光 | Camera | improvement | zhou raj
Slow motion picks its moment | 慢动作自动选段 | Camera | feature | zhou
Notification history for a week | 通知历史保留一周 | Notifications | feature | zhao
Power off asks for the lock | 关机需要解锁 | Privacy | feature | wang sun
Charging pauses at 80 % overnight | 夜间充电停在 80% | Power | feature | raj wang
File manager opens archives | 文件管理打开压缩包 | Files | feature | dan
Wi-Fi remembers slow places | 无线记住慢的地方 | Network | improvement | jose dan

One-hand keyboard | 单手键盘 | Keyboard | feature | lin zhao
Keyboard learns from your corrections | 键盘从改错中学习 | Keyboard | improvement | wu
Call recording asks once, then remembers | 通话录音只问一次 | Phone | improvement | lin sun
Conference calls show who speaks | 多方通话显示谁在说话 | Phone | feature | sun lin
Courier messages track the parcel | 快递短信追踪包裹 | Messages | feature | chen zoe
Sunrise alarm with the screen | 屏幕日出闹钟 | Clock | feature | anna wang
Gallery hides what you ask it to | 相册私密空间 | Gallery | feature | wu
Themes from your own photo | 用自己的照片做主题 | Themes | feature | mei li
Shutter has no delay in daylight | 白天快门零延迟 | Camera | improvement | raj zhou
Recent people in the share sheet | 分享面板显示最近联系人 | Sharing | improvement | li
Backup of app data by app | 按应用备份数据 | Backup | feature | dan chen
Data saver shows what it saved | 省流量显示省了多少 | Network | improvement | jose
Fix: notes lost the last line | 修复：便签丢最后一行 | Notes | fix | anna

Call recording finds the name by itself | 通话录音自动命名 | Phone | feature | lin mei
Lock screen themes follow the sunset | 锁屏主题跟随日落 | Themes | feature | mei
Battery saver learns when you charge | 省电模式学习充电习惯 | Power | feature | raj lin
Message search by person and week | 短信按人按周搜索 | Messages | feature | zoe
Dual clock on the lock screen | 锁屏双时钟 | Lock screen | feature | anna mei
Shared albums for the family | 家庭共享相册 | Gallery | feature | wu sun
Camera remembers the mode by place | 相机按地点记住模式 | Camera | improvement | zhou
Moon mode for night skies | 月亮模式 | Camera | feature | zhou raj
Notification summary at lunch | 午间通知汇总 | Notifications | feature | zhao wu
Folders suggest a name | 文件夹自动起名 | Desktop | improvement | li
Keyboard has a voice in three dialects | 键盘听懂三种方言 | Keyboard | feature | wu chen
Parcels on the lock screen | 锁屏显示包裹 | Messages | feature | chen zhao
Hotspot by scanning a code | 扫码连热点 | Network | feature | jose dan
Notes read themselves aloud | 便签朗读 | Notes | feature | anna dan
Fix: shutter lag in the dark | 修复：暗处快门延迟 | Camera | fix | raj
Fix: camera crashed on the ultra-wide lens | 修复：超广角相机闪退 | Camera | fix | raj zhou
Fix: two alarms rang as one | 修复：两个闹钟合成一个 | Clock | fix | anna

Silent mode by calendar | 按日程静音 | Sound | feature | dan zhao
Scan to PDF with search inside | 扫描成可搜索的 PDF | Camera | feature | zhou wu
Undo a sent message for ten seconds | 十秒内撤回短信 | Messages | feature | chen zoe
Lock screen notes | 锁屏便签 | Lock screen | feature | mei anna
Contacts remember birthdays by the moon | 联系人记住农历生日 | Contacts | feature | sun
Desktop icons grow with age | 长辈大图标 | Desktop | feature | li sun
Battery saver says when it will be full | 预计充满时间 | Power | improvement | wang raj
Speaker cleans itself of water | 扬声器排水 | Sound | feature | wang
Fix: Wi-Fi fell asleep with the screen | 修复：熄屏断网 | Network | fix | jose
Fix: widgets forgot the city | 修复：部件忘记城市 | Widgets | fix | wu
"""


def _change(line: str) -> Change:
    title, gloss, area, kind, engineers = line.split(" | ")
    return title, gloss, area, kind, engineers


WEEKS = tuple(
    tuple(_change(line) for line in week.splitlines()) for week in _WEEKS.strip().split("\n\n")
)

# title, Chinese body, area, status, reason
WISHES: tuple[tuple[str, str, str, str, str], ...] = (
    ("Silent mode by calendar", "开会自动静音，散会恢复。", "Sound", "in_development", ""),
    ("Scan to PDF", "相机直接扫成 PDF，可搜索文字。", "Camera", "in_development", ""),
    ("Undo a sent message", "发错了想撤回。", "Messages", "accepted", ""),
    ("Lock screen notes", "锁屏上直接记一句话。", "Lock screen", "accepted", ""),
    ("Lunar birthdays in contacts", "家里老人都过农历生日。", "Contacts", "accepted", ""),
    ("Split the screen by dragging", "拖动图标分屏。", "Screen", "open", ""),
    ("A guest account on the phone", "借手机给朋友时用。", "Privacy", "open", ""),
    ("Record the screen with inner sound", "录屏录内部声音。", "Screen", "open", ""),
    ("Keyboard with five rows", "数字行常驻。", "Keyboard", "under_review", ""),
    ("Photos sorted by sharpness", "自动挑出糊的照片。", "Gallery", "open", ""),
    ("Bus card in the lock screen", "锁屏刷公交。", "Lock screen", "under_review", ""),
    ("Battery percentage inside the icon", "电量数字放进图标里。", "Power", "open", ""),
    ("Clipboard history", "剪贴板记录最近二十条。", "Keyboard", "open", ""),
    ("Weather of two cities in one widget", "一个部件看两个城市。", "Widgets", "open", ""),
    ("Remind me when I get home", "到家提醒。", "Notes", "under_review", ""),
    ("Charging history by week", "每周充电记录。", "Power", "open", ""),
    (
        "Find the phone by clapping",
        "拍手找手机。",
        "Sound",
        "deferred",
        "The microphone would have to listen all day; we look for a way that does not.",
    ),
    (
        "Root with one tap",
        "一键 root。",
        "Privacy",
        "declined",
        "It would switch off the protection of everybody's payment apps.",
    ),
)

KNOWN_ISSUES = (
    "Fold 2: the outer screen shows the old clock until the first unlock.",
    "Mini: video stabilisation is off at 60 frames.",
    "Lock screen themes need a restart after the update.",
)
