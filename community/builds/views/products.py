"""The settings of a product: calendar, who may vote, devices, the knobs of the award."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.builds import sections
from community.builds.domain import products
from community.builds.domain.calendar import BadCalendar
from community.builds.domain.refusals import Refused
from community.builds.domain.week.planning import told
from community.builds.forms.products import ProductForm, RuleFormSet, rule_rows, typed_rules
from community.builds.forms.shares import DeviceFormSet
from community.builds.models import Product
from community.builds.views.settings import managed_product_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_product(request: HttpRequest, slug: str) -> HttpResponse:
    """Three forms on one page; each is saved by itself."""
    product = managed_product_or_404(request, slug)
    page = _Page(request, product)
    if request.method == "POST" and page.save(request.POST.get("form", "")):
        messages.success(request, _("Saved."))
        return redirect("builds:product", product.slug)
    context = {"product": product, "form": page.form, "rules": page.rules, "devices": page.devices}
    context["sections"] = sections.sections()
    return render(request, "builds/product.html", context | {"error": page.error})


class _Page:
    """The forms of the page, one of them as it was sent."""

    def __init__(self, request: HttpRequest, product: Product) -> None:
        self.product = product
        sent = {request.POST.get("form"): request.POST}
        # A copy: what was typed wrongly must not show outside the form.
        self.form = ProductForm(sent.get("settings"), instance=copy(product))
        self.rules = RuleFormSet(sent.get("calendar"), initial=rule_rows(product), prefix="week")
        shares = list(product.devices.order_by("family").values("family", "share"))
        self.devices = DeviceFormSet(sent.get("devices"), initial=shares, prefix="devices")
        self.error = ""

    def save(self, name: str) -> bool:
        saves = {
            "settings": self._save_settings,
            "calendar": self._save_calendar,
            "devices": self._save_devices,
        }
        if name not in saves:
            return False
        try:
            return saves[name]()
        except BadCalendar as refusal:
            self.error = told(refusal)
        except Refused as refusal:
            self.error = str(refusal)
        return False

    def _save_settings(self) -> bool:
        if not self.form.is_valid():
            return False
        products.settle(product=self.product, settings=self.form.settings())
        return True

    def _save_calendar(self) -> bool:
        if not self.rules.is_valid():
            return False
        products.set_calendar(product=self.product, rules=typed_rules(self.rules.cleaned_data))
        return True

    def _save_devices(self) -> bool:
        if not self.devices.is_valid():
            return False
        rows = [row for row in self.devices.cleaned_data if row and not row["DELETE"]]
        products.set_devices(
            product=self.product, shares={row["family"]: row["share"] for row in rows}
        )
        return True
