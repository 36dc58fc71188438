from django import template

from shipping.tables import SEES_NUMBERS, masked

register = template.Library()


@register.filter
def ending(number: str) -> str:
    """How a freight account ends: enough to know which one is meant, too little to ship on it."""
    return masked(number) if number else ""


@register.simple_tag(takes_context=True)
def account(context: template.Context, number: str) -> str:
    """In full for those who may edit freight accounts; on the dock's own pages it always is."""
    return number if context["request"].member.may(SEES_NUMBERS) else ending(number)
