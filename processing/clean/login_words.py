"""Words of log-in boxes and walls, by what they are about: as in `bare_words`, a line each for the four languages."""

from __future__ import annotations

LOGIN = {
    "account": r"""
        accounts?|sign(?:ed)? in|log(?:ged)? in|login|continue with|already a
        حساب|(?:تسجيل )?(?:ال)?دخول|(?:ال)?متابعه (?:باستخدام|عبر)|مشترك بالفعل|مشترك مسبق
        аккаунт|учетн|воити|вход|воидите|кабинет|продолжить (?:с|через)|уже (?:подпис|есть)
        giris yap|(?:kullanici|uye|hesap) giris|oturum|hesab|hesap|uye giris|ile devam et|zaten (?:abone|uye)
        authori[sz]ed?|access denied|welcome back|sign-in
        مرحبا بعودتك|الوصول مرفوض|غير مصرح|حسابي|ادخل الي|لدي حساب|دخول
        авторизу|авторизац|недостаточно прав|с возвращением|войди
        yetkiniz yok|erisim engellen|tekrar hos geldin|hesabim|okur girisi|uye girisi|giris yap
        inbox|magic link|reader area|reader account|منطقه القراء|حساب القاري|профил|читательск
        okur (?:bolum|hesab)""",
    "password": r"""
        passwords?|passcode|one.time
        كلمه (?:ال)?(?:سر|مرور)|رمز (?:ال)?(?:دخول|تحقق|مرور)
        парол|одноразов|код (?:из|подтвержд)
        sifre|parola|dogrulama kod|tek kullanimlik
        (?:six|four|\d).digit code|send (?:me )?a code|login code
        رمزا?|كود
        код[ау]? (?:на|в|для)|прислать код|получить код|смс
        kod gonder|sms
        pin\b|الرقم السري|пин.код|pin.inizi""",
    "name": r"""
        e.?mail|username|user name|phone number
        بريدك|البريد|اسم المستخدم|رقم (?:ال)?(?:هاتف|جوال)
        почт|логин|телефон
        e.?posta|kullanici ad|telefon
        mobile number
        بريدك|هاتفك|جوالك|البريد
        email|номер телефона
        cep telefon
        membership number|رقم العضويه|номер билета|uye numara""",
    "membership": r"""
        subscri|register|sign up|create an?|join|member
        سجل|تسجيل|اشترك|اشتراك|مشترك|عضو
        подпис|регистр|зарегистр|созда(?:ть|ите)|участник
        abone|kayit ol|uye ol|uyelik|uyeler
        (?:registered|signed.in|logged.in) (?:users|members|readers)|supporter|patron
        داعمي|داعما|انشاء حساب|عضويه
        пользовател|членств
        destekci|kaydol|uye girisi""",
    "reading": r"""
        (?:subscribers?|members?)[- ]only|only (?:for|to) (?:our )?(?:subscribers|members)
        for (?:our )?(?:subscribers|members)
        للمشترك|لمشتركي|للاعضاء|لاعضاء
        только (?:для|по|подписчик)|подписчикам|для подписчиков
        abonelere|abonelerimiz|uyelere|sadece abone|yalnizca abone
        (?:continue|keep|finish) reading|to read|full (?:article|story|text)|rest of|unlock|remaining
        free articles?
        لقراءه (?:بقيه|كامل|ال)|متابعه (?:ال)?قراءه|لاكمال|اكمال (?:ال)?قراءه|النص الكامل
        كامل (?:ال)?(?:مقال|ماده|تحقيق)|المتبقي
        дочит|читать дальше|чтобы (?:про)?читать|продолжить чтение|полн\w+ (?:текст|верси)|доступ к
        okumaya|okumak|tamamini|devamini|haberin devam|tam metin
        (?:visible|available|reserved) (?:only )?(?:to|for)|to (?:see|view) (?:it|this)|members read
        (?:whole|entire) (?:text|article|story)|read on|unlimited access
        (?:قراءه|مشاهده|عرض) هذ[اه]|كاملا|كامله|بلا حدود|حصري
        скрыт|видят|без ограничений|остальн\w+|просмотра|читаите|дальше|закрыт
        gorebilmek|goruntulemek|devami|abonelere ozel|sinirsiz|haber hakk
        (?:full|whole) \w+ is (?:for|open)|متاح لل|целиком|tamami (?:abone|destek)|ay[d]a \w+ haber""",
    "price": r"""
        free|trial|buy|purchase|paid|premium|[$€£]\s?\d|per (?:month|week|year)|a (?:month|week|year)
        cancel any|offer|plans?
        مجان|شراء|ثمن|مدفوع|دولار|شهريا|سنويا|تجريبي|الغاء
        бесплатн|купить|платн|корзин|руб|₽|в месяц|пробн|тариф|отменить
        ucret|satin al|premium|tl\b|aylik|deneme|iptal|paket
        from [$€£]|[€£$]|plans?
        في الاسبوع|باقات|باقتك
        ₽|оплат|подписк[аи] от
        hakkiniz|paketleri
        digital (?:pass|subscription)|print|رقمي|ورقي|ابتداء من|цифров\w+ подписк|от \d+|dijital|katki|ucretsiz""",
}  # fmt: skip
