"""What a project waits for, and on whom: a pure question."""

from datetime import date

from ifn.collaboration.waiting import Asked, Due, Feared, Why, awaited

TODAY = date(2026, 8, 3)


def test_who_holds_it_up_most_comes_first():
    found = awaited(
        [
            Due("Cetakan", 1, date(2026, 8, 1)),
            Due("Contoh", 2, date(2026, 7, 20)),
            Due("Foto", 1, date(2026, 8, 9)),
            Due("Nanti", 1, date(2026, 9, 9)),
        ],
        [Asked(3, date(2026, 7, 1))],
        [Feared("Bahan", None, 3, date(2026, 7, 30))],
        TODAY,
    )

    assert [one.key for one in found] == [2, 1, None, 3]
    assert [(one.why, one.days) for one in found[1].waits] == [(Why.OVERDUE, 2), (Why.SOON, 0)]
    assert (found[2].waits[0].why, found[3].waits[0].days) == (Why.RISK, 33)


def test_the_gravest_risk_comes_first_and_nothing_waits_where_nothing_is():
    risks = [Feared("Kecil", 1, 1, TODAY), Feared("Besar", 1, 3, TODAY)]

    assert [one.what for one in awaited([], [], risks, TODAY)[0].waits] == ["Besar", "Kecil"]
    assert awaited([], [], [], TODAY) == []


def test_what_is_due_today_is_not_late():
    (one,) = awaited([Due("Contoh", None, TODAY)], [], [], TODAY)

    assert (one.waits[0].why, one.waits[0].days) == (Why.SOON, 0)
