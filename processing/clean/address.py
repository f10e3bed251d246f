"""Whether a text speaks to the visitor of a page: "you", "please", "try again"; news tell of others.

Of 200 short bulletins three do, by a quotation; of messages of firewalls, missing pages and log-in boxes three in four.
In the form that `fold_plain` leaves, for English, Arabic, Russian and Turkish.
"""

from __future__ import annotations

import re

from processing.clean.phrases import any_of

_WORDS = r"""
    you|your|yours|you're|please|sorry|oops|we(?:'re|'ve)?|our
    (?:enter|try|press|click|complete|enable|choose|type|upload) (?:the|a|an|your|again|here)
    (?:sign in|log in|register) (?:or|to|now)
    نحن|نعمل|نقوم|نستخدم|نستعمل|نحترم|نحتاج|نعالج|نعتذر|ناسف|يرجي|عذرا|عفوا|اهلا|مرحبا|تابعونا|موقعنا|و?شركاونا
    عملاينا
    انك|كنت|عليك|عنك|يمكنك|بامكانك|لديك|منك|اليك|فضلك|ادخل|اكتب|اختر|اشترك|جرب|حاول|فعل|اضغط|اثبت|اكمل|قدم|تواصل
    اوافق|اقبل|ارفض|لا تغلق
    (?:بريد|متصفح|هاتف|جهاز|حساب|طلب|عنوان|خصوصيت|موافقت|بيانات|عرض|اسم|نطاق|باقت|كلمت|كلمه مرور|شبكت|عودت|بحث|اشتراك)ك
    вы|вам|вас|вами|ваш\w{0,3}|мы|наш\w{0,3}|нам|пожалуиста|извините|приносим|упс|с возвращением|войдите
    \w{3,}(?:аите|еите|уите|ьте)(?:сь)?
    (?:вве|вои|заи|переи|перей)дите
    (?:нажм|попроб|измен|повтор|провер|обнов|включ|загруз|оформ|станов|подтверд|укаж|предлож|купи|закаж|подпиш|перезагруз|дополн|приш|напиш|разреш|сообщ|свяж|посет|верн)\w{0,3}ите(?:сь)?
    lutfen|uzgunuz|maalesef|biz|bize|bizi|siz|size|sizi|sizin
    \w{2,}(?:siniz|sunuz|abilirsiniz|ebilirsiniz|diginiz|duginiz|dugunuz|yoruz)
    \w{2,}[iu]n[iu]z(?:\w{0,3})
    استبدل|استعن|حدد|شغل|ضع|زر|راجع|عد الينا|استخدم القايمه|تحقق من|موقعك|بياناتك|قرارك|دخولك
    (?:замен|загля|вставь|выбер|наж|отмет|ищ|закр|откро|перезвон)\w{0,3}ите|поздравляем|секундочку
    tebrikler|tekrar (?:ugrayin|deneyin)|secin|kullanin|onaylayin|isaretleyin
    (?:bekle|dene|tikla|etkinlestir|yukle|dogrula|kapatma|kontrol ed|goz at)y?[iu]n(?:iz)?
    (?:yaz|gir|yap|aç|ac|ol|don|kaydol|doldur|giris yap|oturum ac)[iu]n(?:iz)?
"""  # fmt: skip
ADDRESSED = re.compile(rf"(?<!\w)(?:{any_of(_WORDS)})(?!\w)")


QUOTED = re.compile('[«"“„][^«»"“”„]{0,300}[»"”“]')  # what others said


def addressed(folded: str) -> int:
    """Return how many different words of a folded text speak to its reader, quotations left out."""
    return len(set(ADDRESSED.findall(QUOTED.sub(" ", folded))))
