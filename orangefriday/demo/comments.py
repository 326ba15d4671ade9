"""What demo members write in their ballots: short, in both languages, about real pain and joy."""

# Comments that fit one area; others fall back on ANY_*.
LOVED: dict[str, tuple[str, ...]] = {
    "Phone": (
        "终于不用自己改文件名了！",
        "Finally I can find the call with the plumber again.",
        "妈妈也会用了，特别好。",
        "I call twenty people a day, this saves me ten minutes.",
        "就等这个，等了三年。",
    ),
    "Messages": (
        "找短信终于不用翻半天了",
        "Found a message from 2023 in two seconds.",
        "快递一目了然，赞。",
        "The grouping is spot on, not one wrong so far.",
    ),
    "Camera": (
        "抓拍孩子终于不糊了",
        "The dog does not blur any more.",
        "夜景比上一版明显干净。",
        "Opens before I have raised the phone. Wow.",
        "月亮拍出来是圆的！",
    ),
    "Themes": (
        "傍晚看锁屏慢慢变橙色，太美了",
        "It is the first thing my friends ask about.",
        "颜色很舒服，不刺眼。",
    ),
    "Lock screen": (
        "一眼看到老家的时间，想家少一点",
        "Two clocks, one glance. Thank you.",
        "排版很克制，喜欢",
    ),
    "Keyboard": (
        "地铁上单手打字毫无压力",
        "It understands my Cantonese better than my boss does.",
        "双语混输终于不跳了",
        "Typing with one hand on the bus: solved.",
    ),
    "Power": (
        "晚上充电不再烫手",
        "Two days on one charge this week.",
        "早上满电，没有过充，安心。",
    ),
    "Gallery": (
        "全家人的照片终于在一处了",
        "Grandma can see the photos without calling me.",
        "搜地点很准",
    ),
    "Notes": ("买菜清单好用到哭", "The list sinks what is done. Small thing, big joy."),
    "Notifications": (
        "午饭时一次看完，上午清净多了",
        "The first quiet morning in months.",
        "折叠得很聪明",
    ),
    "Network": ("朋友来家里扫码就连上，不用念密码", "No more reading passwords aloud."),
    "Sound": ("开会再也不用手忙脚乱", "The car finds the phone every time now."),
}
LET_DOWN: dict[str, tuple[str, ...]] = {
    "Power": (
        "早上起来只有80%，差点迟到",
        "Charging stopped at 80 % and I had a flight to catch.",
        "夜里充到80就停，我上夜班白天睡觉，它学不会",
        "It learned the wrong night: I work shifts.",
        "没有开关可以关掉，只好拔了再插",
        "Where is the switch? I want 100 % on Fridays.",
        "Battery saver dims the map while I drive.",
    ),
    "Sharing": (
        "最近联系人去哪了？",
        "Where did my contacts go?",
        "新面板每次都要多点一下",
        "The new sheet hides the app I use most.",
        "分享到群里要滑好久",
    ),
    "Camera": (
        "暗处按下快门还是慢半拍",
        "Still lag in the dark, my cat has left the picture by then.",
        "超广角一开就闪退，Mini",
        "Crashes on the wide lens after the second photo.",
        "文档模式把手指也拍进去了",
    ),
    "Keyboard": (
        "方言识别把我老婆的名字打错了",
        "It corrects words I typed on purpose.",
        "键盘高度变了，总按错空格",
    ),
    "Messages": (
        "银行短信被当成快递了",
        "A bank message was filed under parcels.",
        "搜索结果顺序看不懂",
    ),
    "Notifications": (
        "汇总把重要消息也压到中午了",
        "The summary held back a call from school.",
        "折叠以后找不到验证码",
    ),
    "Lock screen": ("折叠屏外屏还是旧时钟", "The second clock covers my wallpaper's face."),
    "Gallery": ("共享相册邀请收不到", "Uploads eat my data plan even on roaming."),
    "Desktop": ("文件夹名字起得莫名其妙", "It named my folder 'Other things'."),
    "Network": ("酒店的无线它说慢，就不连了", "It forgot my office network."),
    "Privacy": ("湿手指指纹总不认", "Asks for the lock twice after every restart."),
    "Widgets": ("部件又忘了我的城市", "The stack turns while I read it."),
    "Clock": ("日出闹钟把全家都照醒了", "The alarm light woke my wife, not me."),
}
ANY_LOVED = (
    "好用",
    "喜欢！",
    "细节做得真好",
    "Lovely work.",
    "Small and useful, thank you.",
    "每天都在用",
    "This is why I update on Friday night.",
    "给工程师加鸡腿",
    "Feels finished.",
    "不打扰，很贴心",
)
ANY_LET_DOWN = (
    "不稳定，重启了两次",
    "Not for me, and I cannot turn it off.",
    "找不到入口在哪",
    "Slower than before on my phone.",
    "希望能有个开关",
    "Two steps more than last week.",
    "动画有点卡",
    "Looks unfinished on the small screen.",
    "Fold 上显示不全",
    "费电了",
)
WISHED = (
    "开会静音求快点！",
    "Scan to PDF, please, I still carry a scanner app.",
    "撤回短信，我上周发错给老板了",
    "Undo for messages would have saved me on Tuesday.",
    "农历生日，给奶奶用",
    "数字行！数字行！",
    "A guest mode, my kids call my boss.",
)
MOODS = {
    1: ("这周稳", "A good week.", "更新很顺利", "小而美的一版"),
    2: ("爱了爱了", "Best build this year.", "每个周五都是节日", "橙色星期五快乐！"),
    3: ("期待下周的静音", "Good direction, not there yet.", "再打磨一下就好", "等修复"),
    4: (
        "充电这事让我很难过",
        "The charging change hurt.",
        "这版有点急",
        "Please test on the Mini.",
    ),
}
