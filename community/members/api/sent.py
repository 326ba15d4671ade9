"""What programs send: JSON has types, and they are what the description says."""

from typing import Any

from django.forms import BaseForm
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.fields import Field


class Sent(serializers.Serializer[Any]):
    """A body in which a number is no text and "5" no number; in an address everything is text."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and not isinstance(data, QueryDict):
            wrong = [name for name, field in self.fields.items() if not _fits(field, data, name)]
            if wrong:
                text = _("It is of another type than the description says.")
                raise serializers.ValidationError({name: [text] for name in wrong})
        return super().to_internal_value(data)


class BySlug(serializers.SlugRelatedField[Any]):
    """What a slug names; the database knows none with a NUL in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="slug", **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if "\0" in str(data):
            self.fail("invalid")
        return super().to_internal_value(data)


def sent(form: serializers.Serializer[Any]) -> dict[str, Any]:
    """What was sent, in order; raises ValidationError."""
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def refuse_errors(form: BaseForm) -> None:
    """Judge by the form of a page; raises ValidationError with its sentences."""
    if not form.is_valid():
        errors: dict[str, Any] = dict(form.errors)
        raise serializers.ValidationError(errors)


def _fits(field: Field[Any, Any, Any, Any], data: dict[str, Any], name: str) -> bool:
    value = data.get(name)
    # What is missing, null or read only is the field's own business.
    return value is None or field.read_only or _is_of_type(field, value)


def _is_of_type(field: Field[Any, Any, Any, Any], value: Any) -> bool:
    match field:
        case serializers.ListField():
            children = value if isinstance(value, list) else []
            return isinstance(value, list) and all(
                _is_of_type(field.child, child) for child in children
            )
        case serializers.BooleanField():
            return isinstance(value, bool)
        case serializers.IntegerField():
            return isinstance(value, int | float) and not isinstance(value, bool)
        case serializers.ChoiceField():
            return isinstance(value, str | int) and (value in field.choices or value == "")
        case serializers.CharField() | serializers.DateTimeField():
            return isinstance(value, str)
    return True
