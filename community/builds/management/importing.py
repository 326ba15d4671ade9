"""What both import commands share: choose, show, ask, save."""

import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.builds.domain.importing.apply import apply, join
from community.builds.domain.importing.choose import Chosen, choose
from community.builds.domain.importing.notes import BrokenNotes, Name, Notes, Understood
from community.builds.domain.importing.people import SAME_REASONS, SamePerson
from community.builds.domain.importing.plan import Outcome, Preview, preview
from community.builds.domain.refusals import Refused
from community.builds.management.reading_table import table
from community.builds.models import Product

NOT_CONFIRMED = 2
LONGEST_SLUG = 50

Pairs = list[tuple[Name, Name]]


class ImportCommand(BaseCommand):
    """Reads, shows line by line what was understood, and saves drafts once that is confirmed.

    Exit status: 0 saved, previewed or nothing to do; 1 refused; 2 not confirmed.
    """

    # Standard input carries notes, not answers.
    takes_answers = True

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """`--version` names a version of the notes here, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """What is imported, where to, and whether to ask."""
        parser.add_argument("--product", metavar="SLUG", help="default: the only product")
        parser.add_argument("--create-product", metavar="NAME", help="make the product first")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--version", default="", help="the version to import, or to give")
        what.add_argument("--all", action="store_true", help="import every version")
        parser.add_argument(
            "--unreleased", action="store_true", help="import the unreleased part as --version"
        )
        parser.add_argument(
            "--same",
            metavar="A=B",
            action="append",
            default=[],
            help="B is another spelling of A; write handles with @; may be repeated",
        )
        ask = parser.add_mutually_exclusive_group()
        ask.add_argument("--preview", action="store_true", help="show, and save nothing")
        ask.add_argument("--yes", action="store_true", help="save without asking")

    def read(self, options: dict[str, Any]) -> Notes:
        """The notes to import; raises BrokenNotes or Refused."""
        raise NotImplementedError

    def handle(self, *_args: str, **options: Any) -> None:
        """Raises CommandError with the reason; nothing is saved then."""
        try:
            self._import(options, timezone.now())
        except (BrokenNotes, Refused) as refused:
            raise CommandError(str(refused)) from None

    def _import(self, options: dict[str, Any], at: datetime) -> None:
        notes = self.read(options)
        is_unreleased = options["unreleased"]
        if is_unreleased and not options["version"]:
            raise CommandError(_("Say with --version what the unreleased part is to be."))
        chosen = choose(
            notes,
            version=options["version"],
            is_all=options["all"],
            is_unreleased=is_unreleased,
        )
        same = [_pair(text) for text in options["same"]]
        product = self._product(options)
        previews = [
            preview(product=product, section=section, version=version)
            for section, version in chosen
        ]
        self._show(notes, chosen, previews, is_full=options["verbosity"] > 1)
        self._show_same(_offers(previews, same))
        if options["preview"]:
            return
        _refuse(previews)
        if not (same or any(shown.changes_something for shown in previews)):
            self.stdout.write(_("Nothing to do: all of this is there already."))
            return
        self._confirm(options, previews, same)
        self._save(options, product, chosen, same, at)

    def _product(self, options: dict[str, Any]) -> Product | None:
        """The product to import into; None when it is to be created."""
        slug, name = options["product"], options["create_product"]
        if name:
            slug = slug or slugify(name)[:LONGEST_SLUG] or "product"
            return Product.objects.filter(slug=slug).first()
        products = Product.objects.filter(slug=slug) if slug else Product.objects.all()
        found = list(products[:2])
        if len(found) == 1:
            return found[0]
        slugs = ", ".join(Product.objects.order_by("slug").values_list("slug", flat=True))
        if not slugs:
            raise CommandError(_("There is no product yet: make one with --create-product NAME."))
        if slug:
            raise CommandError(
                _("There is no product %(slug)s, only %(slugs)s.") % {"slug": slug, "slugs": slugs}
            )
        raise CommandError(_("Choose with --product one of %s.") % slugs)

    def _show(
        self, notes: Notes, chosen: list[Chosen], previews: list[Preview], *, is_full: bool
    ) -> None:
        for (section, version), shown in zip(chosen, previews, strict=True):
            self.stdout.write(self.style.MIGRATE_HEADING(f"\n{version}"))
            readings = notes.of(section)
            for row in table(readings, is_full=is_full):
                self.stdout.write(row)
            bots = sum(reading.understood is Understood.BOT for reading in readings)
            self.stdout.write("\n" + _summary(shown, bots))
            self._show_uncredited(shown)

    def _show_uncredited(self, shown: Preview) -> None:
        if shown.uncredited:
            self.stdout.write(self.style.WARNING(_("Nobody is credited; fill in who built it:")))
        for entry in shown.uncredited:
            self.stdout.write(f"{entry.line:>7}  {entry.title}")

    def _show_same(self, offers: list[SamePerson]) -> None:
        if offers:
            self.stdout.write(self.style.WARNING("\n" + _("These may be one person:")))
        for a, b, reason in offers:
            self.stdout.write(f'  --same "{a}={b}"  ({SAME_REASONS[reason]})')

    def _confirm(self, options: dict[str, Any], previews: list[Preview], same: Pairs) -> None:
        if options["yes"]:
            return
        if not (self.takes_answers and sys.stdin.isatty()):
            raise CommandError(
                _("Nothing was saved. Look at the preview, then run this again with --yes."),
                returncode=NOT_CONFIRMED,
            )
        for a, b, reason in _offers(previews, same):
            question = _("Are %(a)s and %(b)s one person (%(reason)s)?")
            if self._agrees(question % {"a": a, "b": b, "reason": SAME_REASONS[reason]}):
                same.append((a, b))
        if not self._agrees(_("Save this?")):
            raise CommandError(_("Nothing was saved."), returncode=NOT_CONFIRMED)

    def _agrees(self, question: str) -> bool:
        self.stdout.write(f"{question} [y/N] ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().casefold() in {"y", "yes", "是", "好"}

    @transaction.atomic
    def _save(
        self,
        options: dict[str, Any],
        product: Product | None,
        chosen: list[Chosen],
        same: Pairs,
        at: datetime,
    ) -> None:
        if product is None:
            product = _create_product(options["product"], options["create_product"])
        join(same=same, at=at)
        for section, version in chosen:
            done = apply(product=product, section=section, version=version, at=at)
            said = ngettext("%(count)d change added", "%(count)d changes added", done.created)
            self.stdout.write(f"{product} {done.build}: " + said % {"count": done.created} + ".")


def _create_product(slug: str | None, name: str) -> Product:
    slug = slug or slugify(name)[:LONGEST_SLUG] or "product"
    product, _is_new = Product.objects.get_or_create(slug=slug, defaults={"name": name})
    return product


def _pair(text: str) -> tuple[Name, Name]:
    kept, _equals, other = text.partition("=")
    if not (kept.strip(" @") and other.strip(" @")):
        raise CommandError(_("Write --same as A=B, not “%s”.") % text)
    return _name(kept), _name(other)


def _name(text: str) -> Name:
    text = " ".join(text.split())
    return Name("handle", text[1:]) if text.startswith("@") else Name("person", text)


def _refuse(previews: list[Preview]) -> None:
    refusals = [shown.refusal for shown in previews if shown.refusal]
    if refusals:
        raise CommandError("\n".join(refusals))


def _offers(previews: list[Preview], same: Pairs) -> list[SamePerson]:
    """Who may be one person, without those whom `same` says to be."""
    answered = {frozenset(pair) for pair in same}
    offers = dict.fromkeys(offer for shown in previews for offer in shown.same)
    return [offer for offer in offers if {offer.a, offer.b} not in answered]


def _summary(shown: Preview, bots: int) -> str:
    """One line: changes, engineers and what was left out."""
    changes = ngettext("%(count)d change", "%(count)d changes", len(shown.planned))
    new = shown.count(Outcome.NEW)
    parts = [
        changes % {"count": len(shown.planned)},
        _("%(count)d of them new") % {"count": new},
        _("%(count)d without credit") % {"count": len(shown.uncredited)},
        ngettext("%(count)d engineer", "%(count)d engineers", len(shown.names))
        % {"count": len(shown.names)},
        _("%(count)d of them new") % {"count": len(shown.new_names)},
        _("%(count)d lines by bots left out") % {"count": bots},
    ]
    return f"{shown.version}: " + ", ".join(parts) + "."
