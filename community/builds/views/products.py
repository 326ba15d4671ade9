"""A product: what it is called, and the way to its settings."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.builds import sections
from community.builds.forms.products import ProductForm
from community.builds.views.settings import managed_product_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_product(request: HttpRequest, slug: str) -> HttpResponse:
    """Its name and what it promises; everything else has a page of its own."""
    product = managed_product_or_404(request, slug)
    # A copy: what was typed wrongly must not show outside the form.
    form = ProductForm(request.POST or None, instance=copy(product))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("builds:product", product.slug)
    told = [
        (section, list(section.lines(section.read(product)).items()))
        for section in sections.sections()
    ]
    context = {"product": product, "form": form, "sections": sections.sections(), "told": told}
    return render(request, "builds/product.html", context)
