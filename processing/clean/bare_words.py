"""Words of pages that are no articles, by what they are about; several of these together are evidence, one is none.

By reason and topic, a line each for English, Arabic, Russian and Turkish: beginnings of words, in the form that
`fold_plain` leaves. They come from what makers of such pages (firewalls, consent managers, wikis of themes, registrars)
print, not from single pages.
"""

from __future__ import annotations

import re

from processing.clean.login_words import LOGIN
from processing.clean.phrases import any_of
from processing.records import Reason

_TOPICS = {
    Reason.CONSENT: {
        "cookies": r"""
            cookies?
            ملفات تعريف|(?:ال)?كوكيز|ملفات الارتباط
            cookies?|куки
            cerez
            trackers?|tracking|identifiers?
            تقنيات التتبع|تتبع|معرفات?
            идентификатор|отслежив|трекер
            tanimlayici|izleme teknoloji
            technologies|التقنيات|технологи|категории файлов|teknolojiler""",
        "purposes": r"""
            necessary|essential|functional|analytic|statistic|marketing|advertis|personali[sz]|preferences
            ضروري|وظيفي|تحليلي|احصا|تسويق|اعلان|تخصيص|تفضيلات
            необходим|функциональн|аналитич|статистич|рекламн|маркетинг|персонализ
            zorunlu|gerekli|islevsel|analitik|istatistik|reklam|pazarlama|kisisellestir|tercih
            measur|audience|optional
            قياس|الجمهور|اساسي
            обязательн|измер|аудитори|метрик|по интересам
            olcum|hedef kitle|kitle arastir|istege bagli
            fund (?:our|us)|usage data|لتمويل|وظيفي|موجهه|статистик|технические|посещени|ziyaret bilgi|surdurebil""",
        "partners": r"""
            partners?|vendors?|third part
            شركا|موردي|طرف ثالث|اطراف ثالثه|جهات خارجيه
            партнер|поставщик|третьи|сторонн
            ortaklar|is ortag|tedarikci|ucuncu taraf
            companies|providers
            مزودي
            компании-
            saglayici""",
        "choice": r"""
            consent|accept|agree|reject|decline|opt.out|choices?|withdraw|manage
            موافق|قبول|اقبل|رفض|ارفض|سحب|اختيارات|ادار
            соглас|принять|принима|отклон|отказ|разреш|выбор|настро
            onay|riza|kabul|reddet|izin ver|secim
            allow|refuse|permit|save my|preferences
            السماح|تسمح|اختر|حفظ|اوافق|لا اوافق
            сохранить|разрешить|соглаша
            secimi? kaydet|izni|tumune izin|devam et
            confirm|your decision|only essential|تاكيد|قرارك|تقبل|تفضيلات|подтверд|на ваш выбор|управление согласием
            secin|onayla|kararinizi?|tercih merkezi""",
        "privacy": r"""
            personal data|privacy|data protection|gdpr|processing
            خصوصي|بيانات|معالجه
            персональн|конфиденциальн|обработк
            kisisel veri|gizlilik|kvkk|aydinlatma|islenme""",
        "device": r"""
            (?:on|from) (?:a|your) (?:device|browser)|store and/or access|session|months?
            جهازك|متصفح|الجلسه|شهر
            устроиств|браузер|сеанс|месяц
            cihaz|tarayici|oturum|ay sure""",
    },
    Reason.LOGIN: LOGIN,
    Reason.CHALLENGE: {
        "browser": r"""
            javascript|browser|cookies
            جافا ?سكريبت|متصفح|جافاسكريبت
            javascript|браузер
            javascript|tarayici
            ad.?blocker|extension
            جافا ?سكري?بت|الكوكيز|النافذه|نافذه
            это окно|включите
            pencere""",
        "human": r"""
            humans?|robots?|bots?|automated|crawler
            انسان|روبوت|بشر|اليه|تلقايي
            человек|робот|бот[аыо]?\b|автоматич
            insan|robot|bot\b|otomatik
            (?:real )?person|automation|scrap|proof.of.work
            شخص|برامج|برنامج
            вручную|роботизир|ботов
            kisi oldug|otomasyon
            اله\b|برنامجا|программа\b|program olmad""",
        "checking": r"""
            check|verif|security|captcha|challenge|protect|press (?:and|&) hold|slide
            تحقق|فحص|امان|امني|حمايه|كابتشا|اسحب|اضغط مع
            провер|безопасн|капч|защит|удержив|перетащ
            dogrula|kontrol|guvenlik|captcha|koruma|basili tut|kaydir
            (?:characters|letters|symbols|text) (?:you see|in|from|shown)|image below|picture|prove
            الاحرف|في الصوره|الاختبار|اثبت|التاكد|الرمز
            символ|с картинк|с изображени|ползун|докажите
            resimde|karakter|harf|kanitla|denetlen
            puzzle|rate.limit|حل المساله|امن اتصالك|галочк|соединение|kutuyu|isaretle|incelen|baglantiniz""",
        "stopping": r"""
            wait|moment|seconds|redirect|block|denied|forbidden|restricted|unusual|suspicious|interruption
            انتظ|لحظ|ثوان|حظر|محظور|منع|رفض|غير معتاد|مشبوه|توجيهك
            подожд|секунд|перенаправ|заблокир|ограничен|запрещ|отказано|подозрит
            bekle|saniye|yonlendir|engel|reddedil|sinirland|supheli|olagandisi|izniniz yok
            too many|one more step|automatically|before (?:you )?(?:continue|access)
            طلبات كثير|خطوه|تلقاييا|تحويلك|قبل الدخول|للمتابعه
            слишком (?:много|часто)|автоматически|чтобы продолжить
            cok fazla|devam etmek|durdurul
            banned|blacklist|ممنوع|غير مسموح|черн\w+ спис|сама\b|kara liste|acilacak""",
        "reference": r"""
            ray id|(?:incident|request|event|support|reference|error) (?:id|number|code|#)|your ip
            contact (?:the )?(?:site|support|administrator)
            معرف|رقم (?:ال)?(?:مرجع|طلب|حادث)|عنوان(?:ك)? (?:ال)?ip|مدير الموقع
            идентификатор|ваш ip|код (?:запроса|ошибки|инцидента)|номер (?:запроса|инцидента)|администратор
            (?:istek|olay|destek|referans) (?:no|numara|kimli|kod)|ip adres|site yonetici""",
        "site": r"""
            (?:this|the|our) (?:site|website|page|resource)|network|traffic|requests?
            (?:هذا )?الموقع|شبكت|حركه|الطلبات|طلبك
            сайт|саит|ресурс|сет[иь]|трафик|запрос
            sitey?|kaynag|ag[ıi]?n|trafik|istek
            administrator|server
            عنوانك|طلبات|الخادم
            с вашего|страниц|администратор
            aginiz|yoneticisi|adresiniz""",
    },
    Reason.SOFT_404: {
        "error": r"""
            (?<![\w.,])(?:404|410|500|502|503)(?![\w.,])|error|oops|whoops|sorry
            خطا|عفوا|عذرا|ناسف|للاسف
            ошибк|извините|к сожалению|упс
            hata|uzgunuz|maalesef
            critical|internal|went wrong|overload|maintenance|failed
            مشكله|عطل|خلل|صيانه
            сбои|технические работы|неполад|критическая ошиб|внутренн\w+ ошиб
            sorun|bakimda|hay aksi|ariza
            bad gateway|timed? ?out|upstream|ضغط|перегруж|yogunluk""",
        "missing": r"""
            not (?:be )?found|no longer|removed|deleted|(?:does not|doesn't) exist|unavailable|moved|nothing
            no results|could not|couldn't|can't find
            غير موجود|لم يتم|لا يمكن|لا يوجد|لا توجد|حذف|ازال|نقل|غير متوفر|غير متاح|تعذر|لم نعثر|لم نجد
            не наиден|не существ|удален|перемещ|перенес|недоступ|ничего|нет такои|не удалось|отсутств
            bulunam|mevcut degil|kaldiril|silin|tasin|ulasilam|bulunmuyor|yuklenem|yok\b
            withdrawn|taken down|unpublished|gone|any ?more|doesn.t seem|nothing|misplaced|wrong|invalid|expired
            سحب|لم تعد|لم يعد|لا شيء|محذوف|خاطي|لا يستجيب|لا يطابق|غير صحيح|تغير|ازيل
            снят|сняли|удалил|удалён|изменил|не нашл|отозван|нет больше|устарел|неверн|не отвечает|закончил
            yer alm|yayindan|cikmadi|getiremi|gerceklesti|hatali|gecersiz|kalmadi|silinmis|degismis
            no such|zero|lost|not respond|ليس في|ضللت|لم نجد|нет так|нет стат|заблуд|нет публик|boyle bir|kaybett
            verilemi""",
        "thing": r"""
            page|article|link|address|content|url|results?|post
            صفحه|مقال|رابط|العنوان|محتوي|نتيجه|نتايج|الماده|الخبر
            страниц|стать|материал|ссылк|адрес|результат|публикац
            sayfa|haber|icerik|baglanti|adres|sonuc|yazi
            story|stories|item|element|record|section|location|website
            القسم|هذا الخبر|تدوينه
            элемент|раздел|запись|новост|саит|публикац|редакци
            bolum|kayit|aramaniz|konum""",
        "advice": r"""
            search|home ?page|go back|back to|try again|check the|return to|archive|report|later
            ابحث|البحث|الرييسيه|العوده|عد الي|حاول|تاكد|الارشيف|لاحقا
            поиск|главн|вернут|вернит|попробуи|проверьте|архив|позже
            arama|ana ?sayfa|geri don|tekrar dene|kontrol ed|arsiv|daha sonra
            front page|latest stories|other words|refresh|minutes|soon|links below
            الصفحه الاولي|كلمات اخري|بعد قليل|رجوع|جرب|دقايق|قريبا
            зайдите|измените|повторите|обновите|воспольз|чуть позже|через \w+ ?(?:минут|час)|вернемся
            birazdan|yeniden den|sozcuk|deneyin|dakika sonra|kisa sure
            menu above|القايمه|عد الينا|меню|попозже|yukaridaki|biraz sonra|ugray""",
        "request": r"""
            you(?:'re| are| were)? (?:looking for|requested|trying|searched|followed)|query|matched?
            database|server|typed?|mistyped|outdated
            تبحث عن|طلبت|بحثك|قاعده البيانات|الخادم|الكلمات|كتابه
            вы (?:ищете|запраш|искали|перешли)|запрос|базы? данных|сервер|набра
            aradigi|istedigi|sorgu|veritaban|sunucu|eslesen|yazdig
            your (?:search|request)|the (?:link|address) you|we have moved|editors
            ما كتبته|الذي طلبته|رقمه
            ваш запрос|вы открыли|к которой
            isteginiz|acmak istedig|aramaniz""",
    },
    Reason.PARKED: {
        "domain": r"""
            domains?
            نطاق|دومين
            домен
            alan ad
            (?:web ?site|site) (?:name|address|owner)|site'?s? owner
            صاحب الموقع|موقعك|اسم الموقع
            владельц|вашего саита|ваш саит
            site sahib|web site(?:niz|si)|siteniz""",
        "sale": r"""
            for sale|buy|purchase|price|make an offer|auction|inquir|broker|available
            للبيع|شراء|سعر|مزاد|عرض
            продае|продаж|купить|цен[аы]|аукцион|выставлен|свобод
            satil|satin al|fiyat|teklif|muzayede
            offer|lease
            عرضك|قدم عرض|تهمك
            предложите|аренд
            teklifiniz
            own \S+ today|transfer|minimum offer|اقتن|اقل عرض|نقل سريع|приобрет|ставка|премиум.домен|sizin olsun
            devir|degerli alan""",
        "registration": r"""
            expir|renew|registr|registered|whois|owner
            انته|تجديد|مسجل|تسجيل|مالك
            истек|продл|регистратор|зарегистрир|владел
            suresi|yenile|kayit|tescil|sahib
            client of|registrar
            محجوز|حجز|المسجل
            занят|прилинк|делегир
            rezerv|tescilli|musteri""",
        "hosting": r"""
            hosting|web ?server|suspend|disabled|default (?:web )?page|nginx|apache|cpanel|plesk|coming soon
            under construction|maintenance|parked|website builder|new (?:web ?)?site
            استضاف|خادم|موقوف|معلق|ايقاف|تعليق|قيد الانشا|صيانه|قريبا|متوقف
            хостинг|сервер|приостан|заблокир|заглушк|в разработке|припарк|отключен|обслуживани|скоро
            barindirma|hosting|sunucu|askiya|yapim|yakinda|bakim|park edil|durdurul|kapali
            upload|public_html|httpdocs|www folder|control panel|launch|just (?:been )?(?:created|installed)
            no web ?site|has no content|misconfigur
            فاتوره|اطلاق|معلق|لم يرفع|لوحه التحكم|نعمل علي|ملفاتك
            загрузите|public_html|панел|баланс|неуплат|только что создан|директори|появится|оплат|размещен
            yukle|httpdocs|public_html|klasor|odemeniz|henuz yayin|siteniz hazir|karsinizda|yeni site|paneli
            askida
            index\.html|home folder|(?:site|website) (?:has been|was) (?:created|turned off)|billing|client area
            انشاء موقعك|لوحه العملاء|مغلق مؤقتا|فتره الاشتراك|саит (?:создан|выключен)|оплаченн|личном кабинете
            site(?:niz)? (?:kuruldu|kapatildi)|odeme donemi|musteri panel""",
        "advertising": r"""
            related (?:searches|links)|sponsored|ads by|privacy policy|popular searches
            عمليات بحث|روابط (?:ذات صله|دعاييه)|اعلانات
            похожие запросы|ссылки по теме|рекламн
            ilgili aramalar|sponsorlu|reklamlar""",
    },
}  # fmt: skip


def _pattern(lines: str) -> re.Pattern[str]:
    """Match where a word begins; Arabic words may have the article and a particle before them."""
    return re.compile(rf"(?<!\w)(?:[وفبلك]?(?:ال|لل)?)?(?:{any_of(lines)})")


TOPICS = {reason: {name: _pattern(lines) for name, lines in topics.items()} for reason, topics in _TOPICS.items()}
