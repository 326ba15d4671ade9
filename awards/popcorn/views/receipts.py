"""Is my ballot in it? The proof that a receipt was counted, for anybody to check."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.popcorn.domain.receipts import proof_of
from awards.popcorn.forms import ReceiptForm
from awards.popcorn.views.podium import seen


@require_safe
def receipt(request: HttpRequest, slug: str, revision: int) -> HttpResponse:
    """Look a receipt up among those of an award."""
    award = seen(request, slug, revision)
    form = ReceiptForm(request.GET if "receipt" in request.GET else None)
    context = {"award": award, "form": form}
    if form.is_valid():
        asked = form.cleaned_data["receipt"]
        context |= {"asked": asked.hex(), "proof": proof_of(award, asked)}
    return render(request, "popcorn/receipt.html", context)
