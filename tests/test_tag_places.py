"""Places: policies, markers, anchors, spellings, in three scripts. All sentences are made up."""

import pytest

from tests.tagging import matched, tags, targets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a word for the governorate
        ("Shells fell in Aleppo province at dawn.", ["SY02"]),
        ("Shells fell in the countryside of Homs.", ["SY04"]),
        ("Shells fell in Hama's northern countryside.", ["SY05"]),
        ("Shells fell in northern Idlib.", ["SY07"]),
        ("سقطت قذائف في ريف حلب الشمالي", ["SY02"]),
        ("سقطت قذائف في محافظة درعا", ["SY12"]),
        ("سقطت قذائف بريف إدلب", ["SY07"]),
        ("Снаряды упали в провинции Хама.", ["SY05"]),
        # a word for the city
        ("Shells fell in the city of Aleppo.", ["PL-aleppo-sy02"]),
        ("Shells fell in Homs city.", ["PL-homs-sy04"]),
        ("سقطت قذائف في مدينة الحسكة", ["PL-hasakah-sy08"]),
        ("سقطت قذائف على مدينة دير الزور", ["PL-deir-ez-zor-sy09"]),
        ("Снаряды упали в городе Хомс.", ["PL-homs-sy04"]),
        # a word for the district
        ("A truce was signed in Manbij district.", ["SY0205"]),
        ("وقعت هدنة في منطقة منبج", ["SY0205"]),
        ("Перемирие подписали в районе Манбидж.", ["SY0205"]),
        # no word at all
        ("Shells fell on Raqqa.", ["SY11"]),
        ("سقطت قذائف على الرقة", ["SY11"]),
        ("Снаряды упали на Ракку.", ["SY11"]),
    ],
)
def test_the_word_beside_a_shared_name_decides_between_city_and_governorate(text, expected):
    assert targets(text, "place") == expected


def test_a_shared_name_without_a_word_is_the_governorate_and_less_sure():
    (bare,) = tags("Shells fell on Daraa.", "place")
    (worded,) = tags("Shells fell on Daraa province.", "place")
    assert (bare.target, worded.target) == ("SY12", "SY12")
    assert bare.confidence < worded.confidence == 1.0


def test_the_countryside_of_damascus_is_a_governorate_of_its_own():
    assert targets("انفجار في ريف دمشق", "place") == ["SY03"]
    assert targets("A blast in the countryside of Damascus.", "place") == ["SY03"]
    assert targets("Взрыв в провинции Дамаск.", "place") == ["SY03"]


def test_a_word_before_a_list_holds_for_all_its_names():
    assert targets("معارك في مدن الباب ومنبج", "place") == ["PL-al-bab-sy02", "PL-manbij-sy02"]
    assert targets("Clashes in the cities of Homs, Hama and Raqqa.", "place") == [
        "PL-homs-sy04",
        "PL-hama-sy05",
        "PL-raqqa-sy11",
    ]


@pytest.mark.parametrize("clitic", ["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك"])
def test_particles_written_with_a_name_are_not_part_of_it(clitic):
    (found,) = tags(f"سقطت قذائف {clitic}حلب ليلا", "place")
    assert (found.target, found.matched) == ("SY02", "حلب")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("بالحسكة", "الحسكة"),
        ("والرقة", "الرقة"),
        ("للرقة", "للرقة"),
        ("وللقامشلي", "للقامشلي"),
        ("كالسويداء", "السويداء"),
    ],
)
def test_particles_before_the_article_are_read(written, expected):
    assert matched(f"وصلت قافلة {written} أمس", "place") == [expected]


@pytest.mark.parametrize("word", ["حلبة", "محلب", "الرقةة", "حماتي", "درعاوي", "الجولاني"])
def test_a_name_inside_another_word_is_not_found(word):
    assert targets(f"وصل {word} أمس", "place") == []


@pytest.mark.parametrize("spelling", ["إدلب", "ادلب", "أدلب", "إدلـــب", "إدْلِب"])
def test_letters_that_fold_are_one(spelling):
    (found,) = tags(f"قصف على {spelling} فجرا", "place")
    assert (found.target, found.matched) == ("SY07", spelling)


def test_letters_kept_apart_by_tatweel_and_dots_are_joined():
    assert matched("انفجار في مدينة القامـ.ـشلي", "place") == ["القامـ.ـشلي"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Бои идут в Идлибе.", "SY07"),
        ("Бои идут под Хомсом.", "SY04"),
        ("Колонна вышла из Ракки.", "SY11"),
        ("Колонна идёт к Дейр-эз-Зору.", "SY09"),
        ("Колонна стоит в Алеппо.", "SY02"),
        ("Бои в Восточной Гуте.", "PL-eastern-ghouta-sy03"),
        ("Колонна вышла из Африна.", "PL-afrin-sy02"),
        ("Взрыв на авиабазе Хмеймим.", "PL-hmeimim-airbase-sy06"),
        ("Перестрелка в Хан-Шейхуне.", "PL-khan-shaykhun-sy07"),
        ("Колонна идёт к Пальмире.", "PL-palmyra-sy04"),
    ],
)
def test_russian_names_are_found_in_their_cases(text, expected):
    assert targets(text, "place") == [expected]


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("Deir Ezzor", "SY09"),
        ("Deir al-Zor", "SY09"),
        ("Al-Hasakeh", "SY08"),
        ("Hasakeh", "SY08"),
        ("Tal Rifaat", "PL-tell-rifaat-sy02"),
        ("Kafar Nabl", "PL-kafr-nabl-sy07"),
        ("Khmeimim", "PL-hmeimim-airbase-sy06"),
        ("Ma’arrat al-Nu’man", "PL-maarat-al-numan-sy07"),
        ("Maarrat an-Numan", "PL-maarat-al-numan-sy07"),
        ("Ayn Issa", "PL-ain-issa-sy11"),
        ("KHAN SHEIKHOUN", "PL-khan-shaykhun-sy07"),
    ],
)
def test_transliterations_of_one_name_are_one_place(spelling, expected):
    (found,) = tags(f"A market in {spelling} was hit.", "place")
    assert (found.target, found.matched) == (expected, spelling)


@pytest.mark.parametrize(
    "text",
    [
        "A mare was lost in the flood.",
        "The harem was opened to visitors.",
        "He left through the bab with his dana.",
        "Salma said she would stay.",
        "Сальма осталась дома.",
    ],
)
def test_common_words_and_given_names_are_no_towns(text):
    assert targets(text, "place") == []


@pytest.mark.parametrize(
    ("without", "with_word", "expected"),
    [
        ("فتح الباب للزائر", "دخل مدينة الباب", "PL-al-bab-sy02"),
        ("نشرت الصور أمس", "دخل بلدة الصور", "PL-al-suwar-sy09"),
        ("مظاهرات تطالب السلمية", "دخل مدينة السلمية", "PL-salamiyah-sy05"),
        ("في الوقت الحاضر", "دخل بلدة الحاضر", "PL-al-hader-aleppo-sy02"),
        ("حقق أفضل كسب", "عبر معبر كسب", "PL-kassab-sy06"),
        ("تأنيب الضمير", "دخل مدينة الضمير", "PL-al-dumayr-sy03"),
        ("قال سفير والسفيرة", "دخل مدينة السفيرة", "PL-al-safira-sy02"),
    ],
)
def test_arabic_common_words_need_a_word_for_the_place(without, with_word, expected):
    assert targets(without, "place") == []
    assert targets(with_word, "place") == [expected]


def test_a_common_word_in_arabic_is_a_plain_name_in_other_scripts():
    assert targets("Convoys reached Al-Safira.", "place") == ["PL-al-safira-sy02"]
    assert targets("Колонны дошли до Эс-Сафиры.", "place") == ["PL-al-safira-sy02"]


def test_a_doubtful_name_needs_a_place_of_its_governorate_near():
    assert targets("Convoys reached Douma.", "place") == ["PL-douma-sy03"]
    assert targets("Дума приняла закон.", "place") == []
    assert targets("Обстрел под Дамаском: под огнём Дума.", "place") == ["SY01", "PL-douma-sy03"]
    assert targets("جاسم وصل أمس", "place") == []
    assert targets("قصف على ريف درعا طال جاسم ونوى", "place") == ["SY12", "PL-jasim-sy12", "PL-nawa-sy12"]


def test_the_header_of_a_section_is_enough_for_a_doubtful_name():
    text = "Idlib Province:\n\n" + "Nothing was heard of either side all day long. " * 8 + "Shells fell on Harim.\n"
    found = tags(text, "place")
    assert [(one.target, one.rule) for one in found][-1] == ("PL-harim-sy07", "name, header SY07")


def test_of_two_places_with_one_name_the_one_whose_governorate_is_near_is_meant():
    assert targets("Shells fell on Sawran in northern Hama.", "place") == ["PL-sawran-hama-sy05", "SY05"]
    assert targets("Shells fell on Sawran in northern Aleppo.", "place") == ["PL-sawran-aleppo-sy02", "SY02"]
    assert targets("Shells fell on Sawran.", "place") == []


def test_two_villages_of_one_name_are_told_apart_by_what_is_near():
    assert targets("قصف على الدار الكبيرة بريف حمص", "place") == ["PL-al-dar-al-kabirah-sy04", "SY04"]
    assert targets("قصف على الدار الكبيرة بريف إدلب", "place") == ["PL-al-dar-al-kabirah-sy07", "SY07"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Kafr Nabudah.", ["PL-kafr-nabudah-sy05"]),
        ("Shells fell on Kafr Nabl.", ["PL-kafr-nabl-sy07"]),
        ("قصف على كفر نبل", ["PL-kafr-nabl-sy07"]),
        ("قصف على كفرنبل", ["PL-kafr-nabl-sy07"]),
        ("قصف على كفر حلب", ["PL-kafr-halab-sy02"]),
        ("قصف على درعا البلد", ["PL-daraa-al-balad-sy12"]),
        ("قصف على حوض اليرموك", ["PL-yarmouk-basin-sy12"]),
        ("قصف على الطابية جزيرة", ["PL-tabiyat-jazira-sy09"]),
        ("Shells fell on Khan al-Shih.", ["PL-khan-al-shih-sy03"]),
        ("A raid on Ashrafiyat Sahnaya.", ["PL-ashrafiyat-sahnaya-sy03"]),
        ("A raid on Darayya.", ["PL-darayya-sy03"]),
    ],
)
def test_of_names_that_overlap_the_longest_is_found(text, expected):
    assert targets(text, "place") == expected


def test_the_end_of_a_longer_name_that_is_unknown_is_no_place():
    assert targets("قصف على تل كناكر", "place") == []
    assert targets("قصف على قرية تل منبج", "place") == []


@pytest.mark.parametrize(
    "text",
    ["الشام أرض قديمة", "قامت الثورة قبل سنوات", "زار الدير أمس", "The Tishreen revolution of Thawra."],
)
def test_words_that_are_never_a_place_alone_are_not_found(text):
    assert targets(text, "place") == []


@pytest.mark.parametrize(
    "text",
    [
        "Damascus rejected the offer.",
        "أعلنت دمشق رفضها للمقترح",
        "Дамаск заявил протест.",
        "Damascus accused its neighbour.",
    ],
)
def test_a_capital_that_speaks_is_its_government_and_no_place(text):
    assert targets(text, "place") == []
    assert targets(text, "actor")[0] == "assad_government"


def test_a_capital_that_does_not_speak_is_a_place():
    assert targets("A blast was heard in Damascus.", "place") == ["SY01"]
    assert targets("انفجار في مدينة دمشق", "place") == ["PL-damascus-sy01"]


def test_a_region_that_spans_governorates_has_no_code():
    (found,) = tags("Patrols resumed in northeast Syria.", "place")
    assert (found.target, found.governorate) == ("PL-northeast-syria", None)


def test_the_zone_that_spans_governorates_is_counted_with_its_main_one_and_less_sure():
    (found,) = tags("Drones flew over the Idlib de-escalation zone.", "place")
    assert (found.target, found.governorate) == ("PL-idlib-de-escalation-zone-sy07", "SY07")
    assert found.confidence < 0.7


def test_an_operation_is_a_place_only_as_an_area():
    assert targets("Fighters of Euphrates Shield left.", "place") == []
    assert targets("Fighters left the Euphrates Shield area.", "place") == ["PL-euphrates-shield-area-sy02"]


@pytest.mark.parametrize(
    "text",
    [
        "قالت قناة الميادين إن القصف توقف",
        "ذكر مراسل الجزيرة أن القصف توقف",
        "نقل موقع حلب اليوم الخبر",
        "The Deir Ezzor 24 website reported the news.",
    ],
)
def test_a_newsroom_that_is_called_like_a_place_is_none(text):
    assert targets(text, "place") == []


def test_the_town_that_is_called_like_a_newsroom_is_found_by_the_word_beside_it():
    assert targets("قصف على مدينة الميادين", "place") == ["PL-al-mayadin-sy09"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Militants crossed at Sinjar in Iraq, near Mosul.", []),
        ("قصف على ريف إدلب طال سنجار", ["SY07", "PL-sinjar-idlib-sy07"]),
        ("يوزع صحن حمص على الزائرين", []),
        ("Raids hit Western Ghouta.", ["PL-western-ghouta-sy03"]),
        ("Raids hit Ghouta.", ["PL-eastern-ghouta-sy03"]),
        ("Дума: депутаты Государственной Думы обсудили Дамаск.", ["SY01"]),
    ],
)
def test_known_traps_do_not_spring(text, expected):
    assert targets(text, "place") == expected


def test_a_name_that_came_into_use_later_is_not_found_before():
    assert targets("Crowds gathered on Jabal Bashan in Suwayda.", "place", on="2024-05-01") == ["SY13"]
    assert targets("Crowds gathered on Jabal Bashan in Suwayda.", "place", on="2025-11-01") == [
        "PL-jabal-al-druze-sy13",
        "SY13",
    ]


def test_a_place_in_the_name_of_a_force_is_not_where_it_is():
    assert targets("The Deir ez-Zor Military Council withdrew.", "place", on="2023-09-01") == []


def test_two_kibars_are_two_places():
    assert targets("A mine near the village of Kibar, close to Afrin.", "place")[0] == "PL-kibar-sy02"
    assert targets("Inspectors returned to the Kibar reactor.", "place") == ["PL-al-kibar-site-sy09"]


def test_an_unlisted_village_is_marked_where_it_stands_behind_letters_kept_apart():
    text = "قتـ .ـل مدني في قرية زمردينة قرب سراقب بريف إدلب"
    (found,) = [one for one in tags(text, "place") if one.rule.startswith("unlisted")]
    assert found.matched == "زمردينة"
