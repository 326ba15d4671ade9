"""What the first posts of a kind begin with on the first boards; in both languages of the site.

{build} and {device} stand for what the writer chose.
"""

from community.forum.models import Kind

_BUG = """**What happened**


**What I expected**


**How to make it happen again**
1. …

**How often**: always / sometimes / once

Build {build}, device {device}
"""
_BUG_ZH = """**发生了什么**


**本来应该怎样**


**怎样复现**
1. …

**出现频率**：每次 / 有时 / 一次

版本 {build}，机型 {device}
"""
_EXPERIENCE = """**What is better**


**What is worse**


**What I would like next**


Lived with {build} on {device}
"""
_EXPERIENCE_ZH = """**变好的地方**


**变差的地方**


**接下来最想要**


使用版本 {build}，机型 {device}
"""
_QUESTION = """**What I want to do**


**What I have tried**


Build {build}, device {device}
"""
_QUESTION_ZH = """**我想做什么**


**试过哪些办法**


版本 {build}，机型 {device}
"""
_IDEA = """**What I would like to do, and when**


**How it could work**


**How I manage today**

"""
_IDEA_ZH = """**我在什么时候想做什么**


**可以怎样实现**


**现在是怎样凑合的**

"""

# (board, kind): (English, Chinese)
FIRST_TEMPLATES = {
    ("ideas", Kind.TALK): (_IDEA, _IDEA_ZH),
    ("bugs", Kind.BUG): (_BUG, _BUG_ZH),
    ("experience", Kind.EXPERIENCE): (_EXPERIENCE, _EXPERIENCE_ZH),
    ("help", Kind.QUESTION): (_QUESTION, _QUESTION_ZH),
}
