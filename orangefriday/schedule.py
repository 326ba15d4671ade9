"""What the site does by itself, and how often: due work is rows, and this only says “look”.

Each task is safe to run at any time, and twice at once.
"""

SECONDS_BETWEEN = {
    "members.forget_unverified": 3600.0,
    "media.fetch_link_cards": 20.0,
    "media.remove_unused": 3600.0,
    "notices.forget_old": 3600.0,
    "notices.send_due": 10.0,
    "notices.send_digests": 60.0,
    "forum.tell_about_posts": 5.0,
    "forum.run_timers": 60.0,
    "forum.remind": 30.0,
    "members.make_downloads": 10.0,
    "members.erase_due": 600.0,
    "members.count_days": 3600.0,
    "members.keep_less": 3600.0,
    "honours.rank": 60.0,
    "honours.grant_medals": 3600.0,
    "forum.credit_fixed": 60.0,
    "proposals.credit": 60.0,
    "proposals.advance_rounds": 10.0,
    "proposals.tell_answers": 30.0,
    "proposals.ship": 30.0,
    "proposals.give_topics": 60.0,
    "fourgrid.credit_counted": 30.0,
    "forum.index_posts": 5.0,
    "polls.close_due": 10.0,
    "builds.advance": 10.0,
    "fourgrid.tally_closed": 10.0,
    "reports.store_due": 15.0,
    "reports.make_exports": 5.0,
    "reports.remove_exports": 3600.0,
    "reports.tell_due": 60.0,
    "popcorn.compute_due": 15.0,
    "popcorn.announce_due": 20.0,
}
