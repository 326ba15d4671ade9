"""Beat says "look": whatever is due in the week of any build is done."""

from celery import shared_task

from community.builds.domain import week


@shared_task(name="builds.advance")
def advance() -> None:
    """Freeze, publish and close what is due; safe at any time, also twice at once."""
    week.advance()
