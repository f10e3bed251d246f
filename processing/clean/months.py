"""Names of months, weekdays, day halves, zones and units of time, in the languages Syrian outlets publish in.

No library reads the Levantine names safely: of 22 such strings htmldate read 20 as 1 January, and dateparser knows them
under regional locales only. All names are kept as `fold_plain` leaves them, so hamza, diacritics and case do not matter.
"""

from __future__ import annotations

from processing.clean.cldr import months
from processing.text import fold_plain

# One line per calendar and language, twelve names, variants parted by "|". A name may hold spaces.
_MONTHS = """
كانون الثاني|كانون ثاني|كانون2|كانون 2|ك2, شباط|اشباط, آذار|آدار, نيسان, أيار|مايس, حزيران, تموز, آب, أيلول, تشرين الأول|تشرين اول|تشرين1|تشرين 1|ت1, تشرين الثاني|تشرين ثاني|تشرين2|تشرين 2|ت2, كانون الأول|كانون اول|كانون1|كانون 1|ك1
يناير, فبراير, مارس, أبريل|ابريل, مايو, يونيو|يونيه, يوليو|يوليه|يوليوز, أغسطس|غشت, سبتمبر|شتنبر, أكتوبر, نوفمبر|نونبر, ديسمبر|دجنبر
جانفي, فيفري, مارس, أفريل, ماي, جوان, جويلية, أوت, سبتمبر, أكتوبر, نوفمبر, ديسمبر
january|jan, february|feb, march|mar, april|apr, may, june|jun, july|jul, august|aug, september|sept|sep, october|oct, november|nov, december|dec
январь|января|янв, февраль|февраля|фев|февр, март|марта|мар, апрель|апреля|апр, май|мая, июнь|июня|июн, июль|июля|июл, август|августа|авг, сентябрь|сентября|сен|сент, октябрь|октября|окт, ноябрь|ноября|ноя|нояб, декабрь|декабря|дек
січня, лютого, березня, квітня, травня, червня, липня, серпня, вересня, жовтня, листопада, грудня
ocak|oca, şubat|şub, mart, nisan|nis, mayıs, haziran|haz, temmuz|tem, ağustos|ağu, eylül|eyl, ekim|eki, kasım|kas, aralık|ara
rêbendan|rêbendanê|çile|çileyê|çileya paşîn|kanûna paşîn, reşemî|reşemiyê|sibat|sibatê, avdar|avdarê|adar|adarê, avrêl|avrêlê|nîsan|nîsanê, gulan|gulanê, pûşper|pûşperê|hezîran|hezîranê, tîrmeh|tîrmehê, tebax|tebaxê, rezber|rezberê|îlon|îlonê, cotmeh|cotmehê|çiriya pêşîn, mijdar|mijdarê|çiriya paşîn, berfanbar|berfanbarê|kanûna pêşîn
کانوونی دووەم|کانونی دووەم, شوبات|شوباتی, ئازار|ئازاری|ئادار|ئاداری, نیسان|نیسانی, ئایار|ئایاری|مایس|مایسی, حوزەیران|حوزەیرانی, تەمموز|تەمموزی|تەممووز|تەممووزی, ئاب|ئابی, ئەیلوول|ئەیلوولی|ئەیلول|ئەیلولی, تشرینی یەکەم, تشرینی دووەم, کانوونی یەکەم|کانونی یەکەم
ژانویه, فوریه, مارس, آوریل, مه, ژوئن, ژوئیه|جولای, اوت, سپتامبر, اکتبر, نوامبر, دسامبر
janvier|janv, février|févr, mars, avril|avr, mai, juin, juillet|juil, août, septembre, octobre, novembre, décembre
januar, februar, märz, april, mai, juni, juli, august, september, oktober, november, dezember
enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre
"""  # noqa: E501 (a table: one calendar a line)
_WEEKDAYS = """
الاثنين|الإثنين, الثلاثاء|الثلاثا, الأربعاء|الاربعا, الخميس, الجمعة, السبت, الأحد
monday|mon, tuesday|tue|tues, wednesday|wed, thursday|thu|thur|thurs, friday|fri, saturday|sat, sunday|sun
понедельник|пн, вторник|вт, среда|ср, четверг|чт, пятница|пт, суббота|сб, воскресенье|вс
pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar
دووشەممە, سێشەممە, چوارشەممە, پێنجشەممە, هەینی, شەممە, یەکشەممە
"""


def _numbered(table: str) -> dict[str, int]:
    return {
        fold_plain(variant.strip()): number
        for line in table.strip().splitlines()
        for number, name in enumerate(line.split(","), start=1)
        for variant in name.split("|")
    }


# Folded name -> 1-12. What stands above is how our outlets write; further languages are CLDR's.
MONTHS = {**months(), **_numbered(_MONTHS)}
WEEKDAYS = {name: number - 1 for name, number in _numbered(_WEEKDAYS).items()}  # folded name -> 0 (Monday) - 6

# Halves of the day: whether 12 hours are to be added. "م" and "ص" follow the time, as "pm" does.
AFTERNOON = {
    **dict.fromkeys(map(fold_plain, ("am", "a.m.", "a.m", "ص", "صباحا", "صباحاً", "فجرا", "فجراً")), False),
    **dict.fromkeys(map(fold_plain, ("pm", "p.m.", "p.m", "م", "مساء", "مساءً", "ظهرا", "ظهراً", "عصرا")), True),
}
# Hours east of UTC, or an IANA name where the hours changed with the years. AST is Arabia's in what we read, not the
# Atlantic's. Names that mean two places (IST, and CST outside America) are left out of it: then the day is known, not the time.
ZONES: dict[str, float | str] = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet", "غرينتش", "جرينتش", "غرينيتش"), 0.0),
    **dict.fromkeys(("bst", "west", "cet"), 1.0),
    **dict.fromkeys(("cest", "eet"), 2.0),
    **dict.fromkeys(("eest", "ast", "trt", "مكه", "مكه المكرمه", "السعوديه", "بغداد", "العراق"), 3.0),
    **dict.fromkeys(("msk", "мск"), "Europe/Moscow"),
    **dict.fromkeys(("دمشق", "سوريا", "سوريه"), "Asia/Damascus"),
    **dict.fromkeys(("بيروت", "لبنان"), "Asia/Beirut"),
    **dict.fromkeys(("القاهره",), "Africa/Cairo"),
    **{"gst": 4.0, "edt": -4.0, "est": -5.0, "cdt": -5.0, "mdt": -6.0, "mst": -7.0, "pdt": -7.0, "pst": -8.0},
}
# Names of zones that mean several places, or one that no Syrian outlet's server stands in.
UNCLEAR_ZONES = frozenset(
    word
    for line in ("ist cst adt sst aest aedt pkt irst", "irdt jst kst hkt wib nst akst hst brt art")
    for word in line.split()
)

# Words for "ago" around a number and a unit, and the unit's length in minutes. Arabic has a dual: "ساعتين", two hours.
# Days are left out: "2 days ago" is anything from 48 to 72 hours, two days of the calendar, and a guess is no date.
MINUTE, HOUR = 1, 60
UNITS = {
    fold_plain(name): (length, number)
    for length, number, names in (
        (MINUTE, 1, "دقيقة دقائق دقيقه minute minutes min mins минуту минуты минут dakika"),
        (MINUTE, 2, "دقيقتين"),
        (HOUR, 1, "ساعة ساعات ساعه hour hours hr hrs час часа часов saat"),
        (HOUR, 2, "ساعتين"),
    )
    for name in names.split()
}
JUST_NOW = frozenset(map(fold_plain, ("الآن", "just now", "now", "только что", "az önce", "şimdi")))
DAYS_AGO = {
    **dict.fromkeys(map(fold_plain, ("اليوم", "today", "сегодня", "bugün", "îro")), 0),
    **dict.fromkeys(map(fold_plain, ("أمس", "البارحة", "يوم أمس", "yesterday", "вчера", "dün", "duh")), 1),
}
# A date behind one of these words is not when the page was published.
UPDATED = tuple(
    fold_plain(word)
    for line in (
        "updated modified edited",
        "تحديث تعديل محدث",
        "обновлено изменено",
        "güncelleme güncellendi",
        "nûkirin نوێکردنەوە",
        "aggiornato aggiornamento modificato actualizado atualizado actualitzat actualisé modifié",
        "aktualisiert geändert bijgewerkt gewijzigd oppdatert opdateret uppdaterad päivitetty",
        "zaktualizowano aktualizacja aktualizováno frissítve actualizat modificat оновлено обновена",
        "ενημέρωση עודכן بروزرسانی به‌روزرسانی diperbarui dikemas yenilənib",
    )
    for word in line.split()
)
