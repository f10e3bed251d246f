"""What pages say that are no articles, in English, Arabic, Russian and Turkish, by the reason they are refused for.

One pattern a line, in the form `fold_plain` leaves (no hamza, no й, no diacritics, lower case). Add a phrase here when
such a page comes through; add a test with it.
"""

from __future__ import annotations

import re

from processing.records import Reason

# The title, or the part of it before the site's name, is nothing else.
_TITLES = {
    Reason.CHALLENGE: r"""
        just a moment
        one moment,? please
        attention required!?
        checking (?:your|the) browser.*
        security check(?: required)?
        ddos-guard
        please wait
        access denied
        access to this page has been denied
        verify(?:ing)? (?:that )?you are (?:a )?human
        are you a robot\??
        bot verification
        human verification
        robot check
        pardon our interruption
        you have been blocked
        sorry, you have been blocked
        لحظه(?: من فضلك)?
        يرجي الانتظار
        التحقق من المتصفح.*
        تم رفض الوصول
        один момент
        проверка браузера
        доступ (?:запрещен|ограничен)
        проверка безопасности
        bir dakika,? lutfen
        tarayiciniz kontrol ediliyor
        erisim engellendi
        guvenlik kontrolu
    """,
    Reason.CONSENT: r"""
        before you continue.*
        cookie (?:consent|settings|preferences)
        we value your privacy
        your privacy(?: choices)?
        privacy settings
        consent
        الموافقه علي ملفات تعريف الارتباط
        خصوصيتك تهمنا
        настроики (?:фаилов )?cookie
        согласие на обработку.*
        cerez tercihleri
        cerez politikasi
    """,
    Reason.LOGIN: r"""
        (?:log|sign) ?in(?: to .*)?
        login(?: required)?
        members? (?:area|login)
        please (?:log|sign) in.*
        subscribe to (?:read|continue).*
        تسجيل (?:ال)?دخول
        الدخول الي (?:حسابك|الموقع)
        вход(?: в (?:систему|аккаунт|личныи кабинет))?
        воити
        авторизация
        giris(?: yap)?
        oturum ac
        uye girisi
    """,
    Reason.SOFT_404: r"""
        (?:error\s*)?404(?: error)?(?:\W+(?:page |file )?not found.*)?
        (?:page|file|article|content|post|story|document) (?:was )?not found.{0,20}
        not found
        (?:oops|sorry)\W+.*(?:page|article).*
        nothing (?:was )?found
        (?:this |the )?(?:page|article) (?:does not|doesn't) exist.*
        page unavailable
        (?:خطا\s*)?404
        خطا 404.*
        (?:(?:عفوا|عذرا|ناسف)\W*)?(?:هذه )?(?:الصفحه|المقال|الخبر|المحتوي)(?: المطلوبه?)? غير (?:موجوده?|متوفره?|متاحه?).{0,20}
        (?:(?:عفوا|عذرا|ناسف)\W*)?الصفحه الت?ي .{0,30} غير موجوده(?: .{0,20})?
        (?:عفوا|عذرا)?\W*(?:لم|لا) (?:يتم|يمكن) العثور علي (?:الصفحه|المقال|الخبر|المحتوي|اي).*
        الصفحه غير موجوده.*
        ошибка\W*404.{0,60}
        404\W+(?:ошибка|страница).{0,40}
        (?:запрашиваемая )?страница (?:не (?:наидена|существует)|удалена).{0,30}
        (?:материал|статья|новость) не (?:наиден|наидена).{0,20}
        ничего не наидено
        hata\W*404.{0,60}
        404\W+(?:hata|sayfa).{0,40}
        (?:aradiginiz )?sayfa bulunamadi.{0,20}
        (?:icerik|haber) bulunamadi
        rupel (?:nehat ditin|nehate ditin)
        صفحه (?:مورد نظر )?(?:يافت|پيدا) نشد
    """,
    Reason.PARKED: r"""
        [\w.-]+\.[a-z]{2,12} (?:is for sale|domain.{0,30}|is parked.{0,30}|has expired)!?
        (?:parked )?domain (?:name )?(?:is )?(?:for sale|expired|parked|parking).{0,20}
        this domain (?:name )?(?:is|has|may be) .{0,40}
        account suspended
        website (?:coming soon|disabled|suspended)
        coming soon
        under construction
        index of /.{0,60}
        welcome to nginx!?
        apache2? .{0,30}default page.{0,20}
        it works!?
        default (?:web )?(?:site )?page
        hostinger .{0,40}
        (?:هذا )?(?:النطاق|الدومين) .{0,20}للبيع
        الموقع (?:قيد|تحت) (?:الانشاء|الصيانه).{0,20}
        домен (?:продается|припаркован).{0,30}
        саит (?:в разработке|временно недоступен).{0,20}
        (?:bu )?alan adi satilik.{0,20}
        yapim asamasinda
    """,
}
# Stands in a text so short that it is about nothing else.
_TEXTS = {
    Reason.CHALLENGE: r"""
        enable javascript and cookies to continue
        checking (?:if the site connection is secure|your browser before accessing)
        verify(?:ing)? (?:that )?you are (?:a )?human
        needs to review the security of your connection
        unusual traffic from your
        why have i been blocked
        complete the (?:captcha|security check)
        تفعيل جافا ?سكريبت
        (?:التحقق|التاكد) من انك (?:لست روبوت|انسان)
        التحقق من (?:امان اتصالك|المتصفح)
        проверяем,? что вы не робот
        подтвердите,? что вы (?:не робот|человек)
        проверка вашего браузера
        включите javascript
        robot olmadiginizi
        insan oldugunuzu dogrula
        tarayiciniz(?:i)? kontrol
    """,
    Reason.CONSENT: r"""
        before you continue to
        we (?:and our (?:\d+ )?partners )?(?:use|store) cookies
        (?:accept|reject|manage) all cookies
        we value your privacy
        (?:نستخدم|يستخدم (?:هذا )?الموقع) ملفات تعريف الارتباط
        (?:قبول|رفض) (?:جميع|كل) ملفات
        мы используем (?:фаилы )?cookie
        принять все (?:фаилы )?cookie
        cerezleri? (?:kullan|kabul)
        tum cerezleri
    """,
    Reason.LOGIN: r"""
        (?:log|sign) in to (?:continue|read|view|access|your account)
        you must be logged in
        please (?:log|sign) in
        forgot (?:your )?password
        (?:يجب|يرجي) (?:عليك )?تسجيل الدخول
        (?:هل )?نسيت كلمه (?:المرور|السر)
        воидите,? чтобы
        необходимо (?:воити|авторизоваться)
        забыли пароль
        (?:devam etmek|okumak) icin (?:giris|oturum)
        sifremi unuttum
        sifrenizi mi unuttunuz
    """,
    Reason.SOFT_404: r"""
        (?:the )?page you(?:'re| are| were)? (?:have )?(?:looking for|requested|trying to)
        (?:page|article|content) (?:could not|cannot|can't|was not) (?:be )?found
        (?:this|the) (?:page|article|content) (?:does not|doesn't) exist
        (?:this|the) (?:page|article|content) (?:is no longer available|has been (?:removed|deleted|moved))
        error 404
        404 (?:error|not found|page)
        الصفحه الت?ي (?:تبحث عنها|طلبتها|تحاول)
        (?:الصفحه|المقال|المحتوي|الرابط)(?: المطلوبه?)? (?:غير موجوده?|غير متوفره?|تم حذف)
        (?:لم|لا) (?:يتم|يمكن) العثور علي (?:الصفحه|المقال|المحتوي|ما تبحث)
        страница(?:,)? (?:которую вы (?:ищете|запрашиваете)|не наидена|не существует|была удалена)
        запрашиваемая (?:вами )?страница
        такои страницы (?:нет|не существует)
        ошибка 404
        aradiginiz sayfa
        sayfa (?:bulunamadi|mevcut degil|kaldirilmis)
        hata 404
    """,
    Reason.PARKED: r"""
        (?:this |the )?domain (?:name )?(?:is|may be) (?:for sale|parked|available)
        buy this domain
        domain (?:has )?expired
        parked (?:free|by|domain)
        this account has been suspended
        النطاق (?:معروض )?للبيع
        شراء هذا (?:النطاق|الدومين)
        домен (?:продается|выставлен)
        купить (?:этот )?домен
        alan adi(?:ni)? satin al
        bu alan adi satilik
    """,
}


def _compiled(lines: str) -> str:
    return "|".join(line.strip() for line in lines.strip().splitlines())


TITLES = {reason: re.compile(rf"\W*(?:{_compiled(lines)})\W*") for reason, lines in _TITLES.items()}
TEXTS = {reason: re.compile(_compiled(lines)) for reason, lines in _TEXTS.items()}
