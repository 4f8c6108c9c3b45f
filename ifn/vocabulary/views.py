from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.policies import can_manage_directory
from ifn.vocabulary import actions
from ifn.vocabulary.forms import NamesForm, SynonymForm
from ifn.vocabulary.models import Term, Vocabulary
from ifn.vocabulary.queries import Word, lexicon, phrase

LONGEST_QUESTION = 80


@access.staff
@require_safe
def terms(request: SignedInRequest) -> HttpResponse:
    """List the terms of one vocabulary, or of all when words are looked for."""
    words = request.GET.get("q", "")[:LONGEST_QUESTION]
    vocabulary = request.GET.get("kosakata", "")
    if vocabulary not in Vocabulary.values:
        vocabulary = "" if phrase(words) else Vocabulary.ROLE.value
    rows = [
        word
        for word in lexicon().words
        if vocabulary in {"", word.vocabulary} and _has(word, phrase(words))
    ]
    context = {
        "rows": rows,
        "words": words,
        "vocabulary": vocabulary,
        "may_edit": can_manage_directory(request.user),
    }
    return render(request, "vocabulary/list.html", context | {"vocabularies": Vocabulary.choices})


def _has(word: Word, wanted: str) -> bool:
    texts = (word.code, word.name_id, word.name_en, *word.synonyms_id, *word.synonyms_en)
    return not wanted or any(wanted in phrase(text) for text in texts)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, vocabulary: str, code: str) -> HttpResponse:
    term = _term(request, vocabulary, code)
    form = NamesForm(request.POST or None, initial=_names(term))
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_term(term, **form.cleaned_data, actor=request.user, at=now())
        except actions.WordEmpty:
            form.add_error(None, _("Write a name with letters or digits."))
        else:
            messages.success(request, _("The names are saved."))
            return _back(term)
    return _page(request, term, form, SynonymForm())


@access.staff
@require_POST
def add_synonym(request: SignedInRequest, vocabulary: str, code: str) -> HttpResponse:
    term = _term(request, vocabulary, code)
    form = SynonymForm(request.POST)
    if form.is_valid():
        try:
            actions.add_synonym(term, **form.cleaned_data, actor=request.user, at=now())
        except actions.SynonymKnown:
            form.add_error("text", _("This term has the word already."))
        except actions.WordEmpty:
            form.add_error("text", _("Write a word with letters or digits."))
        else:
            messages.success(request, _("The word will lead here within a few minutes."))
            return _back(term)
    return _page(request, term, NamesForm(initial=_names(term)), form)


@access.staff
@require_POST
def remove_synonym(request: SignedInRequest, vocabulary: str, code: str) -> HttpResponse:
    term = _term(request, vocabulary, code)
    language = request.POST.get("language", "")
    text = request.POST.get("text", "").replace("\0", "")
    try:
        actions.remove_synonym(term, language=language, text=text, actor=request.user, at=now())
    except actions.NoSuchSynonym:
        messages.info(request, _("This word was removed already."))
    else:
        messages.success(request, _("The word no longer leads here."))
    return _back(term)


@access.staff
@require_POST
def set_active(request: SignedInRequest, vocabulary: str, code: str) -> HttpResponse:
    term = _term(request, vocabulary, code)
    wanted = request.POST.get("is_active")
    if wanted not in {"yes", "no"}:
        raise BadRequest
    actions.set_active(term, is_active=wanted == "yes", actor=request.user, at=now())
    return _back(term)


def _term(request: SignedInRequest, vocabulary: str, code: str) -> Term:
    """Return a term for whoever may change it: its words lead every search of the whole country."""
    access.require(can_manage_directory(request.user))
    terms = Term.objects.select_related("parent")
    return get_object_or_404(terms, vocabulary=vocabulary, code=code)


def _names(term: Term) -> dict[str, str]:
    return {"name_id": term.name_id, "name_en": term.name_en}


def _page(request: HttpRequest, term: Term, names: NamesForm, synonym: SynonymForm) -> HttpResponse:
    return render(
        request,
        "vocabulary/edit.html",
        {
            "term": term,
            "names": names,
            "synonym": synonym,
            "synonyms": term.synonyms.order_by("language", "pk"),
        },
    )


def _back(term: Term) -> HttpResponse:
    return redirect("vocabulary:edit", term.vocabulary, term.code)
