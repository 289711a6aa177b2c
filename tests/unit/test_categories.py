"""What words suggest: a kind, danger now, whom to call."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.domain.text.categories import Category, Service, Suggestion, Vocabulary, VocabularyData
from bot.gazetteer import load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The shipped words."""
    return load_vocabulary()


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("tụi nó hút cần trong quán", Category.DRUGS),
        ("ban ma tuy da o hem 5", Category.DRUGS),
        ("mấy đứa xì ke chích choác", Category.DRUGS),
        ("mất trộm xe máy", Category.THEFT),
        ("giựt dây chuyền rồi chạy", Category.ROBBERY),
        ("đá gà ăn tiền sau nhà", Category.GAMBLING),
        ("ghi số đề ở quán cà phê", Category.GAMBLING),
        ("cho vay nặng lãi, xịt sơn lên cửa", Category.LOAN_SHARK),
        ("bị lừa qua mạng mất 20 triệu", Category.FRAUD),
        ("uýnh lộn cầm mã tấu", Category.DISORDER),
        ("quán cà phê ôm chứa gái", Category.PROSTITUTION),
        ("bán pháo nổ lậu", Category.SMUGGLING),
        ("thằng này bị truy nã", Category.WANTED),
        ("cháy nhà", Category.FIRE),
        ("quái xế đua xe nẹt pô", Category.TRAFFIC),
        ("sà lan hút cát ban đêm", Category.ENVIRONMENT),
        ("ghe cào xiệc điện", Category.ENVIRONMENT),
        ("chồng đánh vợ hoài", Category.FAMILY_VIOLENCE),
        ("bị hack facebook", Category.CYBER),
        ("nhặt được ví", Category.OTHER),
    ],
)
def test_plain_dialect_and_slang_suggest_a_kind(vocabulary: Vocabulary, text: str, category: Category) -> None:
    """The officer's card starts with the right word more often than not."""
    assert vocabulary.suggest(text).category is category


@pytest.mark.parametrize("text", ["lựa chọn lúa giống", "lụa đẹp", "chào các anh", "", "😡", "chay bộ buổi sáng"])
def test_parts_of_words_and_other_marks_suggest_nothing(vocabulary: Vocabulary, text: str) -> None:
    """The letters of "lửa" are also in "lựa chọn" and "lúa": only whole words with their marks count."""
    assert vocabulary.suggest(text) == Suggestion()


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("cháy nhà rồi cứu với", Service.FIRE),
        ("tụi nó đang đánh nhau cầm dao", Service.POLICE),
        ("dang danh nhau ngoai duong", Service.POLICE),
        ("thằng chồng đang bạo hành vợ con", Service.POLICE),
        ("đụng xe có người bất tỉnh", Service.AMBULANCE),
        ("xì gas, mùi nồng lắm, tới gấp đi", Service.FIRE),
    ],
)
def test_danger_now_names_whom_to_call(vocabulary: Vocabulary, text: str, service: Service) -> None:
    """The first line of the answer is then a number to call."""
    seen = vocabulary.suggest(text)
    assert seen.urgent
    assert seen.emergency is service


@pytest.mark.parametrize("text", ["hôm qua cháy nhà", "tuần trước có đánh nhau", "nhà này hay đánh bạc", "bán dao kéo"])
def test_what_is_past_or_no_danger_is_not_urgent(vocabulary: Vocabulary, text: str) -> None:
    """Too many alarms and nobody looks."""
    assert not vocabulary.suggest(text).urgent


def test_fire_is_called_before_police_and_police_before_ambulance(vocabulary: Vocabulary) -> None:
    """One number first: the danger that spreads."""
    assert vocabulary.suggest("đang đánh nhau, bốc cháy dữ dội, có người bất tỉnh").emergency is Service.FIRE
    assert vocabulary.suggest("đang chém nhau, có người bất tỉnh").emergency is Service.POLICE


def test_every_kind_has_words(vocabulary: Vocabulary) -> None:
    """A kind without words can never be suggested."""
    data = Vocabulary.of(VocabularyData(categories={}))
    assert data.suggest("ma túy") == Suggestion()
    assert len(Category) == 16


def test_a_kind_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """People edit the words by hand."""
    path = tmp_path / "words.toml"
    path.write_text('[categories.aliens]\nclear = ["x"]\n', encoding="utf-8")
    with pytest.raises(ValidationError, match="aliens"):
        load_vocabulary(path)
    path.write_text('[categories.drugs]\nclaer = ["x"]\n', encoding="utf-8")
    with pytest.raises(ValidationError, match="claer"):
        load_vocabulary(path)
