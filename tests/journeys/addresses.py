"""Every address of the site: what it is filled with, and what each role gets there."""

from typing import Any

from community.notices import unsubscribing
from tests.journeys.site import Site

# A status for each role, in this order: anonymous, member, engineer, moderator, a manager of
# another product, manager, admin. "L" is a redirect to the login page, "R" another redirect.
PUBLIC = "200 200 200 200 200 200 200"
MEMBERS = "L 200 200 200 200 200 200"
STUDIO = "L 404 404 404 200 200 200"
OWN_STUDIO = "L 404 404 404 404 200 200"
HIDDEN_STUDIO = "404 404 404 404 404 200 200"
# Moderators of a board, and admins.
DESK = "L 404 404 200 404 404 200"
ADMINS = "L 404 404 404 404 404 200"
POST_ONLY = "405 405 405 405 405 405 405"
POST_SIGNED_IN = "L 405 405 405 405 405 405"
NOBODYS = "L 404 404 404 404 404 404"
ONE_OWN = "L 404 404 404 404 405 404"


def matrix(site: Site) -> dict[str, tuple[list[Any], str]]:
    """Address by name: what it is filled with, and the statuses of a GET."""
    awarded, draft = site.awarded.slug, site.draft.slug
    topic, post = site.topic.pk, site.post.pk
    talk, message = site.message.conversation_id, site.message.pk
    engineer, change = site.engineer.slug, site.draft.features.order_by("pk")[0].pk
    return {
        "home": ([], PUBLIC),
        "healthz": ([], PUBLIC),
        "readyz": ([], PUBLIC),
        "choose_language": ([], POST_ONLY),
        "choose_scheme": ([], POST_ONLY),
        "design": ([], "404 404 404 404 404 404 404"),
        "members:profile": (["member-person"], PUBLIC),
        "members:list": ([], PUBLIC),
        "members:relate": (["member-person"], POST_SIGNED_IN),
        "members:privacy": ([], MEMBERS),
        "members:relations": ([], MEMBERS),
        "api_relation_list": ([], "401 200 200 200 200 200 200"),
        "api_relation": (["member-person"], "401 405 405 405 405 405 405"),
        "members:settings": ([], MEMBERS),
        "members:preferences": ([], MEMBERS),
        "members:devices": ([], MEMBERS),
        "members:tokens": ([], MEMBERS),
        "robots": ([], PUBLIC),
        "security_txt": ([], "404 404 404 404 404 404 404"),
        "sitemap": ([], PUBLIC),
        "sitemap_part": (["builds"], PUBLIC),
        "sitemap_topics": ([0], PUBLIC),
        "builds:feed": ([], PUBLIC),
        "popcorn:feed": ([], PUBLIC),
        "media:upload": ([], "401 405 405 405 405 405 405"),
        "media:picture": (["0" * 32], "404 404 404 404 404 404 404"),
        "media:copy": (["0" * 32, 320], "404 404 404 404 404 404 404"),
        "api_picture_list": ([], "401 405 405 405 405 405 405"),
        "notices:list": ([], MEMBERS),
        "notices:settings": ([], MEMBERS),
        "notices:unsubscribe": ([_signed(site)], PUBLIC),
        "notices:unread": ([], MEMBERS),
        "notices:read_all": ([], POST_SIGNED_IN),
        "notices:open": ([1], NOBODYS),
        "notices:read": ([1], POST_SIGNED_IN),
        "moderation:queue": ([], DESK),
        "moderation:case": ([site.case.pk], DESK),
        "moderation:claim": ([site.case.pk], POST_ONLY),
        "moderation:let_go": ([site.case.pk], POST_ONLY),
        "moderation:settle": ([site.case.pk], POST_ONLY),
        "moderation:member": (["member-person"], DESK),
        "moderation:add_note": (["member-person"], POST_ONLY),
        "moderation:sanction": (["member-person"], POST_ONLY),
        "moderation:lift": ([site.sanction.pk], POST_ONLY),
        "moderation:log": ([], ADMINS),
        "moderation:words": ([], ADMINS),
        "moderation:word": ([1], "L 404 404 404 404 404 404"),
        "moderation:remove_word": ([1], POST_ONLY),
        "moderation:undo": ([1], POST_ONLY),
        # One reports what others wrote: the post is the manager's.
        "moderation:report": (["post", post], "L 200 200 200 200 404 200"),
        "moderation:standing": ([], MEMBERS),
        "moderation:appeal": ([site.sanction.pk], "L 200 404 404 404 404 404"),
        "conversations:inbox": ([], MEMBERS),
        "conversations:begin": ([], MEMBERS),
        # The member's, with the engineer: nobody else, admins neither.
        "conversations:detail": ([talk], "L 200 200 404 404 404 404"),
        "conversations:answer": ([talk], POST_SIGNED_IN),
        "conversations:add_member": ([talk], POST_SIGNED_IN),
        "conversations:leave": ([talk], POST_SIGNED_IN),
        # A minute after it was sent nobody changes a message.
        "conversations:edit": ([message], "L 404 404 404 404 404 404"),
        "conversations:withdraw": ([message], POST_SIGNED_IN),
        "api_conversation_list": ([], "401 200 200 200 200 200 200"),
        "api_message_list": ([talk], "401 200 200 404 404 404 404"),
        "honours:levels": ([], PUBLIC),
        "honours:history": ([], MEMBERS),
        "honours:leaderboards": ([], PUBLIC),
        "api_leaderboard": (["week"], PUBLIC),
        "api_experience": ([], "401 200 200 200 200 200 200"),
        "forum:board_list": ([], PUBLIC),
        "forum:search": ([], PUBLIC),
        "forum:board": (["bugs"], PUBLIC),
        "forum:new_topic": (["bugs"], MEMBERS),
        "forum:topic": ([topic], PUBLIC),
        "forum:post": ([post], "R R R R R R R"),
        "builds:archive": ([], PUBLIC),
        "builds:detail": ([draft], HIDDEN_STUDIO),
        "builds:engineer_list": ([], PUBLIC),
        "builds:engineer": ([site.engineer.slug], PUBLIC),
        "builds:studio": ([], STUDIO),
        "builds:new_draft": ([], STUDIO),
        "builds:import": ([], STUDIO),
        "builds:curate": ([], STUDIO),
        "builds:product": ([site.product.slug], OWN_STUDIO),
        "builds:change_list": ([draft], OWN_STUDIO),
        "builds:edit_page": ([draft], OWN_STUDIO),
        "builds:edit_rules": ([draft], OWN_STUDIO),
        "proposals:list": ([], PUBLIC),
        "proposals:detail": ([site.proposal.pk], PUBLIC),
        "proposals:create": ([], STUDIO),
        "proposals:edit": ([site.proposal.pk], OWN_STUDIO),
        "reports:list": ([], STUDIO),
        "reports:detail": ([awarded], OWN_STUDIO),
        "reports:ballots": ([awarded], OWN_STUDIO),
        "reports:features_csv": ([awarded], OWN_STUDIO),
        "reports:ballots_csv": ([awarded], OWN_STUDIO),
        "reports:report_json": ([awarded], OWN_STUDIO),
        "popcorn:podium": ([], PUBLIC),
        "popcorn:ranking": ([], PUBLIC),
        "popcorn:award": ([awarded], PUBLIC),
        "popcorn:revision": ([awarded, 1], PUBLIC),
        "popcorn:receipt": ([awarded, 1], PUBLIC),
        "popcorn:announce": ([awarded], POST_SIGNED_IN),
        "popcorn:withhold": ([awarded], POST_SIGNED_IN),
        "popcorn:correct": ([awarded], POST_SIGNED_IN),
        "popcorn:hide_quote": ([awarded, 1], POST_SIGNED_IN),
        "popcorn:discounts": ([awarded], OWN_STUDIO),
        "popcorn:ask_override": ([awarded], POST_SIGNED_IN),
        "popcorn:confirm_override": ([awarded, 1], POST_SIGNED_IN),
        "api_schema": ([], PUBLIC),
        "api_docs": ([], PUBLIC),
        "api_build_list": ([], PUBLIC),
        "api_build": ([draft], HIDDEN_STUDIO),
        "api_proposal_list": ([], PUBLIC),
        "api_report": ([awarded], "401 404 404 404 404 200 200"),
        "fourgrid:ballot": ([site.published.slug], PUBLIC),
        "builds:download_code": ([awarded, 1], "404 404 404 404 404 404 404"),
        "builds:claim": (["mei"], MEMBERS),
        "builds:thank": ([engineer], POST_SIGNED_IN),
        "builds:set_hidden": ([engineer], POST_SIGNED_IN),
        "builds:engineer_edit": ([engineer], "L 404 200 404 404 404 200"),
        "builds:unmerge": ([engineer], POST_SIGNED_IN),
        "builds:let_go": ([engineer], POST_SIGNED_IN),
        "builds:decide_claim": ([1], POST_SIGNED_IN),
        "builds:edit_week": ([draft], OWN_STUDIO),
        "builds:take_step": ([draft, "cancel"], POST_SIGNED_IN),
        "builds:new_change": ([draft], OWN_STUDIO),
        "builds:put_change_back": ([draft], POST_SIGNED_IN),
        "builds:edit_change": ([draft, change], OWN_STUDIO),
        "builds:move_change": ([draft, change], POST_SIGNED_IN),
        "builds:remove_change": ([draft, change], POST_SIGNED_IN),
        "members:make_device_main": ([site.device.pk], POST_SIGNED_IN),
        "members:remove_device": ([site.device.pk], POST_SIGNED_IN),
        "members:revoke_token": ([site.token.pk], POST_SIGNED_IN),
        "forum:reply": ([topic], MEMBERS),
        "forum:quote": ([post], MEMBERS),
        "forum:me_too": ([topic], "L 404 404 404 404 404 404"),
        "forum:say_fixed": ([topic], "L 404 404 404 404 404 404"),
        "forum:choose_answer": ([post], POST_SIGNED_IN),
        "forum:reactions": ([post], MEMBERS),
        "forum:versions": ([post], PUBLIC),
        "forum:restore_version": ([post, 1], POST_SIGNED_IN),
        "forum:hide_version": ([post, 1], POST_SIGNED_IN),
        "forum:withdraw": ([post], POST_SIGNED_IN),
        "forum:put_back": ([post], POST_SIGNED_IN),
        "forum:preview": ([], POST_SIGNED_IN),
        "forum:draft_list": ([], MEMBERS),
        "forum:remove_draft": (["new:chat"], POST_SIGNED_IN),
        "api_draft_list": ([], "401 200 200 200 200 200 200"),
        "api_draft": (["new:chat"], "401 404 404 404 404 404 404"),
        "forum:lock_topic": ([topic], POST_SIGNED_IN),
        "forum:unlock_topic": ([topic], POST_SIGNED_IN),
        # A day after it was written nobody edits a post any more.
        "forum:edit_post": ([post], "L 404 404 404 404 404 404"),
        "forum:hide_post": ([post], POST_SIGNED_IN),
        "forum:bookmarks": ([], MEMBERS),
        "forum:bookmark": ([post], MEMBERS),
        "forum:watch": (["topic", topic], POST_SIGNED_IN),
        "forum:show_post": ([post], POST_SIGNED_IN),
        "proposals:answer": ([site.proposal.pk], OWN_STUDIO),
        "reports:area": (["Phone"], "L 404 404 404 404 404 404"),
        "reports:mark_read": ([awarded], POST_SIGNED_IN),
        "reports:compare": ([awarded, site.published.slug], "L 404 404 404 404 404 404"),
        "api_ballot": ([site.published.slug], "401 404 404 404 404 404 404"),
        "api_ballot_draft": ([site.published.slug], "401 405 405 405 405 405 405"),
        "api_installs": ([site.published.slug], POST_ONLY),
        "api_award": ([awarded], PUBLIC),
        "api_award_bundle": ([awarded], PUBLIC),
        "api_award_receipt": ([awarded, "ab" * 32], "404 404 404 404 404 404 404"),
    }


def _signed(site: Site) -> str:
    """What stands in the links of mails."""
    assert site.people["member"]
    return unsubscribing.link(site.people["member"]).rstrip("/").rpartition("/")[2]
