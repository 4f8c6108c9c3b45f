from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.directory import numbers

LETTERS = st.sampled_from(numbers.ALPHABET)
NUMBERS = st.text(LETTERS, min_size=numbers.BODY, max_size=numbers.LONGEST).map(numbers.complete)


def refused(text):
    with pytest.raises(numbers.WrongCheck):
        numbers.read(text)
    return True


@given(NUMBERS)
def test_a_number_is_read_as_it_is_written_for_people(number):
    assert numbers.read(numbers.spoken(number)) == number


@given(NUMBERS, st.data())
def test_every_wrong_character_is_noticed(number, data):
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(LETTERS.filter(lambda letter: letter != number[place]))

    assert refused(number[:place] + other + number[place + 1 :])


@given(NUMBERS, st.data())
def test_every_swap_of_two_characters_is_noticed(number, data):
    first, second = sorted(
        data.draw(st.lists(st.integers(0, len(number) - 1), min_size=2, max_size=2, unique=True))
    )
    characters = list(number)
    characters[first], characters[second] = characters[second], characters[first]
    swapped = "".join(characters)

    assert swapped == number or refused(swapped)


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M{}",
        "ifn-7k3m-{}",
        "IFN 7K3M {}",
        "  ifn7k3m{} ",
        "IFN–7K3M–{}",
        "7k3m-{}",
        "IFN.7K3M.{}",
    ],
)
def test_case_prefix_hyphens_and_spaces_do_not_matter(typed):
    check = numbers.check_character("7K3M")

    assert numbers.read(typed.format(check)) == f"7K3M{check}"


@pytest.mark.parametrize("alike", "01ILO")
def test_characters_that_are_mistaken_for_one_another_are_in_no_number(alike):
    assert alike not in numbers.ALPHABET
    with pytest.raises(numbers.NotANumber):
        numbers.read(f"7K3{alike}Q")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "IFN",
        "IFN-",
        "7K3M",
        "7K3M7K3M7",
        "sol karet",
        "7K3MQ!",
        "é7K3M",
        "ß7K3M",
        "٧٣٤٥٦",
        "\0",
    ],
)
def test_what_has_not_the_form_is_no_number(text):
    with pytest.raises(numbers.NotANumber):
        numbers.read(text)


def test_long_nonsense_is_refused_quickly():
    with pytest.raises(numbers.NotANumber):
        numbers.read("-" * 100_000 + "!" + " " * 100_000)


def test_drawing_repeats_for_the_same_random_state():
    first, second = (numbers.draw(Random(7)) for _ in range(2))  # noqa: S311  # repeatable

    assert first == second
    assert numbers.read(numbers.draw()) != numbers.draw()


def test_no_word_is_drawn():
    random = Random(7)  # noqa: S311  # repeatable

    assert numbers.read("usaha") == "USAHA"
    assert not any(numbers.draw(random).isalpha() for _ in range(1_000))


@given(NUMBERS, st.data())
def test_the_number_that_was_meant_is_among_those_one_mistake_away(number, data):
    place = data.draw(st.integers(0, len(number) - 1))
    if data.draw(st.booleans()) and place:
        mistyped = number[: place - 1] + number[place] + number[place - 1] + number[place + 1 :]
    else:
        mistyped = number[:place] + data.draw(LETTERS) + number[place + 1 :]

    meant = numbers.one_mistake_away(mistyped)

    assert number == mistyped or number in meant
    assert all(numbers.read(one) == one for one in meant)
