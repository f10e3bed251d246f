"""Words by which digests and their parts are told, in English, Arabic, Russian, Turkish and Kurdish.

Letters are compared in folded form (processing/text.py). Names of governorates and actors are not here: they are the
vocabulary's.
"""

from __future__ import annotations

from collections.abc import Iterable

from processing.tag.forms import smooth
from processing.text import fold_plain


def _phrases(lines: str) -> tuple[str, ...]:
    return tuple(fold_plain(line.strip()) for line in lines.strip().splitlines())


def _words(*lines: str) -> frozenset[str]:
    return frozenset(smooth(" ".join(lines)).split())


# Names of series, found in the title or the first lines of the text. By them an article is known for a digest, so each
# must say so on its own: "harvest" alone is of wheat more often than of news.
SERIES = _phrases("""
    حصاد الأحداث
    حصاد يوم
    حصاد اليوم
    حصاد شام
    حصاد "شام
    نشرة حصاد
    لمجمل الأحداث الميدانية
    أبرز التطورات على الساحة السورية
    أهم التطورات على الساحة السورية
    أبرز التطورات الميدانية في سوريا
    ملخص أحداث الداخل السوري
    ملخص الأحداث في سوريا
    موجز أحداث سوريا
    syria news digest
    syria digest
    syria daily digest
    syria daily bulletin
    briefly about the results of the confrontation
    briefly about the situation on the fronts
    кратко об итогах противостояния
    коротко об итогах противостояния
    сирия новости
    сирия. новости
    сводка событий в сирии
    итоги дня в сирии
    suriye günlük bülten
    suriye gündemi özeti
""")
# Series that are one list of short lines.
LISTS = _phrases("""
    military situation in syria
    military situation in the middle east on
    overview of military situation in syria
    военная обстановка в сирии
    военная ситуация в сирии
""")
# A report of violations counted by governorate, found in the title or the beginning of the text.
COUNTS = _phrases("""
    reconciliation center
    reconciliation centre
    center for reconciliation
    centre for reconciliation
    центр по примирению
    центра по примирению
    центре по примирению
    цпвс
    مركز المصالحة الروسي
    المركز الروسي للمصالحة
    مركز حميميم
""")

# Before the name in a header.
IN = _words("in في وفي ففي أما وأما فيما в во")
PROVINCE = _words(
    "province provinces governorate governorates countryside countrysides rural region suburbs",
    "محافظة محافظتي محافظات ريف ريفي أرياف بادية",
    "провинция провинции провинцию провинциях мухафаза мухафазы мухафазе область",
    "ili ilinde vilayeti kırsalı kırsalında parêzgeha parêzgehê gundewarê",
)
FILLER = _words(
    "the of and its northern southern eastern western central north south east west city southeastern northwestern",
    "northeastern southwestern",
    "مدينة المنطقة الشرقية الشمالية الجنوبية الوسطى الغربية الساحلية الجنوب الشمال الشرق الغرب الوسط",
    "السوري السورية شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط شمالا جنوبا شرقا غربا الشمالي الجنوبي الشرقي الغربي الأوسط",
    "и север юг восток запад севере юге востоке западе города город",
    "ve kuzey güney doğu batı û bakur başûr",
)
# After the name, they take in the countryside: that of the capital is a governorate of its own.
AROUND = _words(
    "وريفها ريفها وريفهما وأريافها ومحيطها countryside suburbs surroundings пригороды окрестности kırsalı gundewar"
)

# A section's header that names no governorate.
SCENES = _phrases("""
    المشهد المحلي
    المشهد العام
    المشهد السياسي
    المشهد الدولي
    المشهد الميداني
    general scene
    local scene
    political scene
    общая обстановка
""")
# The first words of a brief.
BRIEF = _phrases("""
    briefly
    in brief
    кратко
    коротко
    вкратце
    باختصار
    بإيجاز
    خلاصة الموقف
    موجز نتائج
    kısaca
    bi kurtî
""")
BACKGROUND = _phrases("""
    recall that
    recall,
    we recall
    it is worth recalling
    it is worth noting
    it is noteworthy
    earlier, it was reported
    yesterday, sohr
    a day earlier, sohr
    earlier today, sohr
    on the day before, sohr
    напомним
    ранее сообщалось
    как сообщалось ранее
    يذكر أن
    ويذكر أن
    يُشار إلى أن
    ويشار إلى أن
    تجدر الإشارة
    وتجدر الإشارة
    وكان المرصد السوري
    وكان المرصد قد
    وكان نشطاء المرصد
    hatırlanacağı üzere
    tê zanîn ku
""")
# The first words of the editors' close.
CLOSE = _phrases("""
    ©
    copyright
    all rights reserved
    support our
    related news
    editor's note
    read also
    the authors' opinion
    الآراء الواردة
    جميع الحقوق محفوظة
    كل الحقوق محفوظة
    حقوق النشر
    إعداد:
    إعداد قسم
    تحرير:
    المصدر:
    все права защищены
    подписывайтесь на
    редакция может не разделять
    tüm hakları saklıdır
""")
# Stand anywhere in the sentence that the close begins with.
CLOSING = _phrases("""
    not authorized by
    not authorised by
    calls on commanders of illegal
    calls on the commanders of illegal
    calls upon commanders of illegal
    call on commanders of illegal
    continues to fulfill its
    continue to patrol
    continues to fulfil its
    continues to perform its assigned
    was established in february 2016
    banned in russia
    призывает командиров незаконных
    призывает командиров
    продолжает выполнять возложенные
    не санкционирован
    запрещена в россии
    запрещена в рф
    запрещенная в рф
    يدعو قادة التشكيلات المسلحة غير
""")

# Say nothing of what a sentence is about.
STOP = PROVINCE | _words(
    "city cities town towns village villages area areas outskirts مدينة بلدة بلدات قرية قرى منطقة",
    "город городе посёлок деревня районе one two three four five six seven eight nine ten twelve twenty",
    "два две три четыре пять шесть семь восемь девять десять двух трёх ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرين",
    "about after again also among amid another because been before being between both during from have into more most near",
    "only other over reported said says some such than that their them then there these they this those through under until",
    "were what when where which while will with without according syria syrian source sources news their later agency portal",
    "это было были быть года году для его если или когда которые который между могут нет они около при после под про сообщает",
    "сообщили среди также там том того что чтобы сирия сирии сирийский сирийской как над или агентство источник источники",
    "على إلى من عن في مع هذا هذه ذلك التي الذي الذين كان كانت قد ما لم لن بعد قبل",
    "بين خلال عند حيث أن إن سوريا السورية السوري وكالة مصدر مصادر",
)


def any_in(text: str, phrases: Iterable[str]) -> bool:
    """Say whether one of the phrases stands in a folded text."""
    return any(phrase in text for phrase in phrases)
