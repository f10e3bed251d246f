"""What pages say that are no articles, in English, Arabic, Russian and Turkish, by the reason they are refused for.

One pattern a line, in the form `fold_plain` leaves (no hamza, no й, no diacritics, lower case). Add a phrase here when
such a page comes through; add a test with it.
"""

from __future__ import annotations

import re

from processing.clean.phrases import any_of
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
        (?:ال)?صفحه (?:ال)?افتراضيه.{0,20}
        страница по умолчанию.{0,20}
        varsayilan (?:web )?sayfa\w*.{0,20}
        (?:cok )?yakinda(?: (?:buradayiz|sizlerleyiz|hizmetinizde\w*))?
        قريبا(?: جدا)?
        (?:саит )?скоро (?:открытие|откроется|здесь.{0,30})
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
        verify that you(?:'re| are) not a (?:ro)?bot
        (?:using|uses) a security service to protect (?:itself|against)
        (?:action|request) (?:you just performed )?(?:has )?triggered (?:the|a) security
        your browser (?:is being|will be) (?:checked|verified)
        request(?:s)? from your (?:network|computer|device|ip).{0,40}(?:blocked|automated)
        جدارا? ناريا?|اثار(?:ت)? نظام الحمايه
        (?:نتحقق|نتاكد|التحقق|التاكد) من (?:ان ?ك|متصفحك|انك)
        طلبات (?:غير معتاده|اليه)
        браузер проходит .{0,20}проверку
        доступ к (?:ресурсу|саиту|странице) (?:ограничен|заблокирован)
        (?:подозрительн|автоматическ)\S* (?:запрос|трафик|активност)
        tarayiciniz .{0,30}(?:dogrulan|kontrol|denetlen)
        guvenlik (?:duvari|dogrulamasi)
        (?:olagandisi|otomatik) (?:trafik|istek)
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
        (?:we and|us and) (?:our )?(?:\d+ )?(?:partners|vendors)
        (?:store|access)(?: and/or access)? information on (?:a|your) device
        your (?:privacy )?choices? (?:about|on) (?:cookies|your data)
        نحن و ?(?:\d+ من )?شركا
        (?:بياناتك|بيانات(?:كم)? الشخصيه).{0,60}(?:مورد|شريك|شركا|ملفات تعريف|التتبع|المعالجه)
        ملفات تعريف الارتباط.{0,60}(?:ضروريه|احصاييه|اعلانيه|موافقتك|تفضيلات)
        мы и (?:наши|\d+).{0,20}партнер
        (?:фаилы|фаилов) cookie.{0,80}(?:необходим|функциональн|согласи|настро)
        согласи\S* на обработку
        biz ve .{0,12}(?:ortag|is ortak)
        cerez\S*.{0,60}(?:zorunlu|islevsel|tercih|onay|riza|kisisel veri)
        kisisel veri\S*.{0,60}(?:islen|isleme|ortak|onay|riza)
        once seciminizi
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
        (?:create|register for) (?:a|your) (?:free )?account to (?:continue|read)
        (?:one-time|verification) code (?:to|sent)
        (?:subscribe|become a (?:member|subscriber)) (?:now )?to (?:continue|keep|read|unlock)
        (?:this|the) (?:article|story|content) is (?:reserved )?for (?:our )?(?:paid )?(?:subscribers|members)
        (?:to continue reading|already a (?:subscriber|member))
        (?:سجل|سجلوا|اشترك|اشتركوا) (?:مجانا |الان )?(?:لقراءه|لمتابعه|لاكمال|لتقرا)
        (?:هذا|هذه) (?:المحتوي|المقال|الماده|التحقيق) (?:مخصصه?|متاحه?|حصريه?) (?:لل?)?(?:مشترك|اعضاء)
        رمز (?:دخول|التحقق)
        (?:لمتابعه القراءه|لديك اشتراك|مشترك بالفعل|لديك حساب)
        (?:дочитать|читать дальше|продолжить чтение).{0,40}(?:подпис|регистрац)
        (?:только|доступн\S*).{0,20} (?:для )?подписчик
        (?:уже подписаны|оформи(?:те|ть) подписку)
        (?:okumaya|haberin tamamini).{0,40}(?:abone|uye|hesap|kayit)
        (?:yalnizca|sadece) (?:abone|uye)\S*
        (?:zaten abone|abone misiniz|dogrulama kodu)
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
        did not match any|no (?:results|matches) (?:were )?found|nothing matched your
        sqlstate|database (?:error|connection)|error establishing a database
        (?:content|page|data) could not be loaded
        (?:لا توجد|لم يتم العثور علي) (?:اي )?(?:نتايج|نتيجه)
        (?:قاعده البيانات|خطا (?:اثناء|في) (?:تحميل|الاتصال|الخادم))
        (?:ничего не наидено|по вашему запросу|не дал результат)
        (?:db query error|баз(?:ы|е|а) данных (?:не отвечает|недоступ)|ошибка (?:базы|подключения|соединения))
        (?:eslesen|uygun) (?:bir )?(?:icerik|sonuc|haber) (?:yok|bulunamadi)
        veritabani
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
        (?:hosting|account|website) (?:has been )?(?:suspended|disabled) by
        (?:domain|site) (?:registration )?(?:has|is) (?:been )?(?:expired|registered at|pending renewal)
        (?:تم )?(?:ايقاف|تعليق) (?:هذا )?(?:الحساب|الموقع|الاستضافه)
        (?:انتهت? (?:صلاحيه|مده)).{0,20}(?:النطاق|الاستضافه|التسجيل)
        аккаунт (?:заблокирован|приостановлен)
        (?:срок (?:регистрации|деиствия)|регистрация) домена
        (?:hesap|site|barindirma)\S* (?:askiya alin|durdurul)\S*
        alan ad\S*.{0,30}(?:suresi|kayitli|satista|tescil)
    """,
}


TITLES = {reason: re.compile(rf"\W*(?:{any_of(lines)})\W*") for reason, lines in _TITLES.items()}
TEXTS = {reason: re.compile(any_of(lines)) for reason, lines in _TEXTS.items()}
