from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from exchange.actions.check_batch import check_batch
from exchange.batches.missing import CannotSettle, Creator, MissingThing, creators, missing_things
from exchange.views.access import FilesView
from ui.views.form import UNPROCESSABLE

SHOWN = 50
LATER, CREATE, SAME = "", "create", "same"
CHOICES = [(LATER, "Leave it for now"), (CREATE, "Create it"), (SAME, "It is one we know")]


class ChoiceForm(forms.Form):
    choice = forms.ChoiceField(
        required=False,
        label="What to do",
        choices=CHOICES,
    )
    target = forms.CharField(required=False, max_length=80, label="Code of the known one")

    def forget_target(self) -> None:
        """For what cannot be taught: it is created or left."""
        del self.fields["target"]
        self.fields["choice"] = forms.ChoiceField(required=False, label="What to do", choices=CHOICES[:2])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("choice") == SAME and not given.get("target"):
            self.add_error("target", "Say which one it is.")
        return given


@dataclass
class Question:
    """One missing thing on the page, with its two forms."""

    thing: MissingThing
    creator: Creator
    choice: ChoiceForm
    facts: forms.Form

    def is_answered(self) -> bool:
        return self.choice.is_valid() and self.choice.cleaned_data["choice"] != LATER

    def is_right(self) -> bool:
        if not self.choice.is_valid():
            return False
        return self.choice.cleaned_data["choice"] != CREATE or self.facts.is_valid()


class Missing(FilesView):
    """Create what a file names and nobody knows, or say what it is; then the file is checked again."""

    permission = "master.edit"

    def required_right(self) -> str | None:
        return self.permission

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.questions(None))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        questions = self.questions(request.POST)
        wrong = [question for question in questions if not question.is_right()]
        if wrong:
            return self.page(questions, status=UNPROCESSABLE)
        answered = [question for question in questions if question.is_answered()]
        refused = self.settle(answered)
        if refused:
            return self.page(questions, status=UNPROCESSABLE)
        check_batch(batch_id=self.batch().pk, by=self.member, at=self.now())
        messages.success(request, f"{len(answered)} settled. The file was checked again.")
        return redirect(self.url("exchange:batch_detail", self.kwargs["pk"]))

    def questions(self, data: Any) -> list[Question]:
        things = [thing for thing in missing_things(self.batch()) if thing.what in creators()]
        return [self.question(number, thing, data) for number, thing in enumerate(things[:SHOWN])]

    def question(self, number: int, thing: MissingThing, data: Any) -> Question:
        creator = creators()[thing.what]
        if not self.member.may(creator.right):
            raise PermissionDenied(f"It is called “{creator.right}”.")
        # named by what is missing: a list that changed meanwhile must not put answers on other things
        prefix = f"{thing.what}-{thing.text}"
        choice = ChoiceForm(data, prefix=prefix)
        if creator.equate is None:
            choice.forget_target()
        facts = creator.form_class(data, prefix=prefix, initial=creator.propose(thing), use_required_attribute=False)
        return Question(thing, creator, choice, facts)

    def settle(self, answered: list[Question]) -> bool:
        """All or nothing; what is refused is said at its form."""
        at = self.now()
        try:
            with transaction.atomic():
                for question in answered:
                    settle_one(question, self.member, at)
        except CannotSettle:
            return True
        return False

    def page(self, questions: list[Question], status: int = 200) -> HttpResponse:
        context = {"batch": self.batch(), "questions": questions, "shown": SHOWN}
        return render(self.request, "exchange/missing.html", context, status=status)


def settle_one(question: Question, by: Any, at: Any) -> None:
    creator, given = question.creator, question.choice.cleaned_data
    is_same = given["choice"] == SAME
    form = question.choice if is_same else question.facts
    try:
        if is_same and creator.equate:
            creator.equate(question.thing, given["target"], by, at)
        else:
            creator.create(question.thing, question.facts.cleaned_data, by, at)
    except ValueError as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal))
        raise CannotSettle(str(refusal)) from refusal
