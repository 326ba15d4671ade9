"""The mail's section of a product's settings: what goes out, and whom it would have reached."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.builds import queries
from community.builds.mails import ProductMail, mails
from community.builds.models import MutedMail, Product
from community.builds.sections import (
    Change,
    Column,
    Preview,
    Question,
    Row,
    Section,
    Table,
    Typed,
    Values,
)
from community.members.models import Member
from community.notices.kinds import kind_of
from community.notices.matrix import reached
from community.notices.models import Channel

MAILS = "mails"
MOST_NAMED = 50


class MailForm(forms.Form):
    """A box for each mail."""

    template = "builds/mail.html"

    def __init__(self, _product: Product, values: Values, typed: Typed | None) -> None:
        super().__init__(typed.data if typed else None, initial=values[MAILS])
        for mail in mails():
            self.fields[mail.kind] = forms.BooleanField(label=mail.label, required=False)

    def values(self) -> Values:
        """What was typed; only of a valid form."""
        return {MAILS: dict(self.cleaned_data)}


def read(product: Product) -> Values:
    """Which mails a product sends, by kind of notice."""
    muted = queries.muted_mails(product.pk)
    return {MAILS: {mail.kind: mail.kind not in muted for mail in mails()}}


def write(product: Product, values: Values) -> None:
    """Send those that are on from now on."""
    MutedMail.objects.filter(product=product).delete()
    muted = (
        MutedMail(product=product, kind=kind) for kind, is_on in values[MAILS].items() if not is_on
    )
    MutedMail.objects.bulk_create(muted)


def lines(values: Values) -> Mapping[str, str]:
    """Each mail and whether it goes out."""
    return {
        str(mail.label): gettext("yes") if values[MAILS].get(mail.kind, True) else gettext("no")
        for mail in mails()
    }


def in_force(_product: Product) -> str:
    """Mails are no part of a build."""
    return gettext("In force at once, for whatever is told from now on.")


def preview(question: Question) -> Preview:
    """Whom each mail would have reached with the last build."""
    build = question.build
    if build is None:
        return Preview()
    told = {mail: frozenset(mail.told(build)) for mail in mails()}
    by_mail = {mail: reached(told[mail], kind_of(mail.kind), Channel.EMAIL) for mail in told}
    rows = [
        Row(
            mail.label,
            [
                Change(len(told[mail]), len(told[mail])),
                Change(
                    *(len(by_mail[mail]) if side[mail.kind] else 0 for side in _sides(question))
                ),
            ],
        )
        for mail in told
    ]
    columns = [Column("told", _("Told")), Column("mailed", _("of them by mail"))]
    note = gettext("Whoever switched a mail off, or all mail, gets none either way.")
    reach = Table(name="reach", title=_("Reach"), columns=columns, rows=rows, note=note)
    named = [_named(mail, told[mail], by_mail[mail], question) for mail in told if mail.is_named]
    return Preview([reach, *named])


def _sides(question: Question) -> tuple[Values, Values]:
    return question.before[MAILS], question.after[MAILS]


def _named(
    mail: ProductMail, told: frozenset[int], by_mail: frozenset[int], question: Question
) -> Table:
    people = Member.objects.filter(pk__in=told).by_pinyin()[:MOST_NAMED]
    return Table(
        name=mail.kind,
        title=mail.label,
        columns=[Column("mailed", _("By mail"), "yes")],
        rows=[
            Row(
                str(person),
                [Change(*(side[mail.kind] and person.pk in by_mail for side in _sides(question)))],
            )
            for person in people
        ],
    )


MAIL = Section(
    name="mail",
    place=5,
    label=_("Mail"),
    about=_(
        "What goes out by mail as well. The notice on the site stays, and everybody chooses their "
        "own channels."
    ),
    read=read,
    write=write,
    form=MailForm,
    lines=lines,
    in_force=in_force,
    is_kept_by_builds=False,
)
