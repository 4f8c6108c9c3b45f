"""The table of what can happen to an enquiry, completely; and codes, links, words, habits."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from ifn.connections.enquiring import challenge, codes, nextsteps, tokens
from ifn.connections.enquiring.habits import Asked, answering, band
from ifn.connections.enquiring.states import OPEN, OVER, Event, Side, State, after, is_done, may
from ifn.connections.enquiring.suspicion import Held, Spread, doubts, fingerprint, links_in
from ifn.connections.matching.facts import Answering
from ifn.directory.numbers import complete
from tests.factories.enquiries import solve

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
#: What each event makes of each state, in the order of ``State``: a state's first letters, "." for
#: nothing new, "!" for impossible.
TABLE = {
    # waiting sent seen accepted declined expired contacted negotiating agreed not_ with spam closed
    "deliver": "sent .    .    .    .    .    .    .    .    .    .    .    .",
    "see": "!    seen .    .    .    .    .    .    .    .    .    .    .",
    "accept": "!    acce acce .    !    acce .    .    .    !    !    !    !",
    "decline": "!    decl decl !    .    decl !    !    !    !    !    !    !",
    "expire": ".    expi expi .    .    .    .    .    .    .    .    .    .",
    "meet": "!    cont cont cont !    !    .    .    .    .    !    !    !",
    "talk": "!    !    !    nego !    !    nego .    !    !    !    !    !",
    "agree": "!    !    !    agre !    !    agre agre .    agre !    !    !",
    "fail": "!    !    !    not_ !    !    not_ not_ not_ .    !    !    !",
    "withdraw": "with with with with !    !    with with !    !    .    !    !",
    "mark_spam": "spam spam spam spam spam spam spam spam !    !    !    .    !",
    "close": "clos clos clos clos .    .    clos clos .    .    .    .    .",
}


@pytest.mark.parametrize(("event", "state"), list(product(Event, State)))
def test_every_event_in_every_state_does_what_the_table_says(event, state):
    written = TABLE[event.value].split()[list(State).index(state)]

    to = after(state, event)

    if written in {".", "!"}:
        assert to is None
        assert is_done(state, event) == (written == ".")
    else:
        assert to.value.startswith(written)
        assert not is_done(state, event)


def test_the_table_has_a_line_for_every_event():
    assert set(TABLE) == set(Event.values)
    assert set(OPEN) | set(OVER) == set(State)


@pytest.mark.parametrize(
    ("side", "events"),
    [
        (Side.ASKER, {"meet", "talk", "agree", "fail", "withdraw"}),
        (Side.FIRM, {"see", "accept", "decline", "meet", "talk", "agree", "fail"}),
        (Side.OFFICE, {"deliver", "mark_spam", "close"}),
        (Side.CLOCK, {"deliver", "expire", "close"}),
    ],
)
def test_each_side_may_do_its_own(side, events):
    assert {event.value for event in Event if may(side, event)} == events


@pytest.mark.parametrize(("side", "state"), list(product((Side.ASKER, Side.FIRM), State)))
def test_the_next_step_is_said_to_each_side_in_every_state(side, state):
    found = nextsteps.next_for(side, state, AT)

    if (side, state) != (Side.FIRM, State.WAITING):  # it does not see those
        assert str(found.words)
    assert (found.by is not None) == (state in {State.SENT, State.SEEN})


def test_a_code_is_read_as_people_write_it():
    code = codes.draw()
    spoken = codes.spoken(code)

    for text in (spoken, spoken.lower(), code, f" {spoken.replace('-', ' ')} "):
        assert codes.read(text) == code


def test_a_wrong_code_is_noticed():
    code = complete("7K3MQ")
    swapped = complete("7K3MQ").replace("7K", "K7")

    for text in ("", "TN", code[:-1], f"{code}2", "TN-00000-0", swapped):
        with pytest.raises(codes.NotACode):
            codes.read(text)


def test_a_letter_that_begins_like_the_prefix_stays_whole():
    code = complete("TN234")

    assert codes.read(code) == code
    assert codes.read(codes.spoken(code)) == code


def test_a_challenge_is_solved_once_it_is_worked_for():
    word = challenge.new(AT)
    later = AT + timedelta(seconds=30)
    number = solve(word)

    assert challenge.checked(word, number, at=later).is_solved
    assert challenge.checked(word, number, at=later).word == word.rpartition(".")[0]


@pytest.mark.parametrize(
    ("word", "number", "seconds"),
    [
        (None, "x", 30),
        (None, "", 30),
        (None, None, 1),  # quicker than anybody writes
        (None, None, 25 * 3600),  # the page lay open for too long
        ("nonsense", "1", 30),
        ("", "", 30),
        ("a" * 1000, "1", 30),
    ],
)
def test_what_was_not_worked_for_is_not_solved(word, number, seconds):
    made = challenge.new(AT)
    word = made if word is None else word
    number = solve(made) if number is None else number

    assert not challenge.checked(word, number, at=AT + timedelta(seconds=seconds)).is_solved


def test_links_open_one_side_of_one_thing_for_a_while():
    today = date(2026, 6, 1)
    token = tokens.for_side(7, Side.FIRM, today)

    assert tokens.side_of(token, today + tokens.VALID) == tokens.Held(7, Side.FIRM)
    with pytest.raises(tokens.Expired) as old:
        tokens.side_of(token, today + tokens.VALID + timedelta(days=1))
    assert (old.value.key, old.value.side) == (7, "firm")


@pytest.mark.parametrize("token", ["", "x", "W10.abc", tokens.for_proof(7)])
def test_foreign_links_open_nothing(token):
    for read in (tokens.side_of, tokens.question_of):
        with pytest.raises(tokens.Foreign):
            read(token, date(2026, 6, 1))


def test_a_link_of_one_kind_is_none_of_another():
    token = tokens.for_question(7, Side.FIRM, date(2026, 6, 1))

    with pytest.raises(tokens.Foreign):
        tokens.side_of(token, date(2026, 6, 1))
    with pytest.raises(tokens.Foreign):
        tokens.proof_of(token)


LONG = "Kami menjual obat kuat dan pinjaman tanpa jaminan, hubungi segera nomor di bawah ini ya"


@pytest.mark.parametrize(
    ("text", "spread", "found"),
    [
        ("Berapa harga 500 pasang?", Spread(5, 1), []),
        ("Lihat www.a.id dan https://b.id", Spread(1, 1), []),
        ("www.a.id www.b.id https://c.id/x", Spread(1, 1), [Held.LINKS]),
        ("beli di toko.xyz murah.top dan promo.click", Spread(1, 1), [Held.LINKS]),
        ("Berapa harga 500 pasang?", Spread(11, 1), [Held.SAME_TO_MANY]),
        ("Bisa 100 pasang?", Spread(3, 9), []),
        (LONG, Spread(3, 3), [Held.SAME_FROM_MANY]),
        (LONG, Spread(3, 2), []),
        ("Berapa harga 500 pasang?", Spread(1, 1, is_own=True), [Held.OWN]),
    ],
)
def test_what_looks_like_spam_is_said(text, spread, found):
    assert doubts(text, spread) == found


def test_another_number_or_comma_makes_no_other_text():
    assert fingerprint("Bisa 100 pasang?") == fingerprint("bisa, 250 Pasang")
    assert fingerprint("Bisa 100 pasang?") != fingerprint("Bisa 100 kodi?")
    assert links_in("Rp1.000 per pasang. Terima kasih") == 0


def asked(*days):
    return [Asked(AT, None if one is None else AT + timedelta(days=one)) for one in days]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((), None),
        ((1, 1, 1, 1), None),
        ((1, 1, 1, 1, None), None),
        ((1, 2, 3, 4, 5), Answering(1.0, 3.0, 5)),
        ((1, 1, 1, 1, 1, *[None] * 5), Answering(0.5, 1.0, 10)),
    ],
)
def test_a_habit_is_one_from_five_answers_on(days, expected):
    assert answering(asked(*days)) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (None, None),
        (Answering(1.0, 0.2, 5), 1),
        (Answering(1.0, 1.5, 5), 2),
        (Answering(0.5, 6.9, 10), 7),
        (Answering(0.49, 1.0, 11), None),
        (Answering(1.0, 20.0, 5), None),
    ],
)
def test_the_band_is_the_next_of_a_few(known, expected):
    assert band(known) == expected
