"""A new draft, and what stands on its page."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from community.builds import queries
from community.builds.models import Build, BuildFile, Product
from community.members.permissions import User

ROWS = {"rows": 6}


class DraftForm(forms.Form):
    """What a build begins with."""

    product = forms.ModelChoiceField(Product.objects.none(), label=_("Product"), empty_label=None)
    version = forms.CharField(
        label=_("Version"), max_length=60, help_text=_("As people will say it: 6.11.20.")
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=Build.Channel.choices)
    number = forms.IntegerField(
        label=_("Number"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("Left empty, it follows the last build of the channel."),
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Markdown. What readers should know before the list of changes."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = self.fields["product"]
        assert isinstance(products, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        products.queryset = queries.products_of(user)


class IdentityForm(forms.Form):
    """What a draft is called."""

    version = forms.CharField(label=_("Version"), max_length=60)
    channel = forms.ChoiceField(label=_("Channel"), choices=Build.Channel.choices)
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=1_000_000)


class VoteRulesForm(forms.Form):
    """The rules of the vote, fixed when the build goes out."""

    result_rule = forms.ChoiceField(
        label=_("Results are shown"), choices=Build.ResultRule.choices, widget=forms.RadioSelect
    )
    requires_verified_install = forms.BooleanField(
        label=_("Only members whose device runs the build may vote"), required=False
    )
    requires_older_account = forms.BooleanField(
        label=_("Only accounts older than the build may vote"), required=False
    )


class PageForm(forms.Form):
    """Notes and known issues."""

    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Markdown. What readers should know before the list of changes."),
    )
    known_issues = forms.CharField(
        label=_("Known issues"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("One a line."),
    )

    def clean_known_issues(self) -> list[str]:
        issues = [line.strip() for line in self.cleaned_data["known_issues"].splitlines()]
        if any(len(issue) > 300 for issue in issues):  # noqa: PLR2004 as the sentence says
            raise forms.ValidationError(_("A known issue has at most 300 characters."))
        return [issue for issue in issues if issue]


class DownloadForm(forms.Form):
    """A file to download."""

    name = forms.CharField(label=_("File"), max_length=120)
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        validators=[
            RegexValidator(r"^https?://", _("Use an address that begins with https://."), "scheme")
        ],
    )
    sha256 = forms.CharField(
        label=_("SHA-256"),
        validators=[
            RegexValidator(r"^\s*[0-9a-fA-F]{64}\s*$", _("A SHA-256 is 64 hexadecimal digits."))
        ],
    )
    byte_count = forms.IntegerField(label=_("Bytes"), required=False, min_value=0)


DownloadFormSet = forms.formset_factory(DownloadForm, extra=2, max_num=30, can_delete=True)


def downloads_of(build: Build) -> list[dict[str, object]]:
    """The rows a build's downloads begin with."""
    fields = ("name", "url", "sha256", "byte_count")
    return list(BuildFile.objects.filter(build=build).order_by("name").values(*fields))


class ReasonForm(forms.Form):
    """Why a build is held, cancelled or recalled."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
