"""What pages and the API ask about members."""

from allauth.account.models import EmailAddress

from community.members.models import Member


def has_verified_address(member: Member) -> bool:
    """Whether the member has shown that an e-mail address is theirs."""
    return bool(EmailAddress.objects.filter(user_id=member.pk, verified=True).exists())
