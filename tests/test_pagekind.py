"""Pages that are no articles, and articles that look like such pages."""

from __future__ import annotations

import itertools

import pytest

from processing.records import Reason
from tests.cleaning import (
    ENGLISH,
    FOOTER,
    MENU,
    URL,
    article,
    html,
    page,
    reason,
)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image/png"),
        (b"%PDF-1.7 ...", "text/html"),
        (b"\xff\xd8\xff\xe0" * 50, "text/html"),
        (b'{"a": 1}', "application/json"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", "text/xml"),
        (b"ID3 audio", "audio/mpeg"),
    ],
)
def test_what_is_no_html_is_refused_by_type_or_first_bytes(body: bytes, content_type: str) -> None:
    assert reason(page(body, content_type=content_type)) == Reason.NOT_HTML


@pytest.mark.parametrize("content_type", ["application/json", "application/x-php", "", None])
def test_html_under_another_name_is_html(content_type: str | None) -> None:
    assert article(page(html(), content_type=content_type)).text == "\n".join(ENGLISH)


def simple(title: str, *lines: str) -> str:
    text = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{title}</title></head><body>{MENU}<h1>{title}</h1>{text}{FOOTER}</body></html>"


KINDS = {
    Reason.CHALLENGE: [
        ("Just a moment...", "Enable JavaScript and cookies to continue"),
        ("Attention Required! | Cloudflare", "Please complete the security check to access the site."),
        ("news.example.org", "Checking if the site connection is secure. This may take a few seconds."),
        ("DDoS-Guard", "Checking your browser before accessing the site."),
        ("لحظة…", "يرجى التحقق من أنك إنسان. قد يستغرق ذلك بضع ثوان."),
        ("Один момент…", "Проверяем, что вы не робот. Это может занять несколько секунд."),
        ("Bir dakika lütfen...", "Devam etmek için insan olduğunuzu doğrulayın."),
    ],
    Reason.CONSENT: [
        ("Before you continue to the site", "We use cookies and data to deliver and maintain our services."),
        ("Example News", "We and our 812 partners store cookies on your device. Accept all cookies or manage your choices."),
        ("خصوصيتك تهمنا", "يستخدم هذا الموقع ملفات تعريف الارتباط. قبول جميع ملفات تعريف الارتباط أو رفضها."),
        ("Настройки файлов cookie", "Мы используем файлы cookie, чтобы сайт работал лучше. Принять все файлы cookie."),
        ("Çerez Tercihleri", "Deneyiminizi iyileştirmek için çerezler kullanıyoruz. Tüm çerezleri kabul edin."),
    ],
    Reason.LOGIN: [
        ("Log in", "Username or Email Address. Password. Remember me. Lost your password?"),
        ("Example News", "You must be logged in to read this article. Forgot your password?"),
        ("تسجيل الدخول", "اسم المستخدم أو البريد الإلكتروني. كلمة المرور. هل نسيت كلمة المرور؟"),
        ("Вход", "Войдите, чтобы продолжить чтение. Забыли пароль?"),
        ("Giriş Yap", "Devam etmek için giriş yapın. Şifremi unuttum."),
    ],
    Reason.SOFT_404: [
        ("Page not found", "It looks like nothing was found at this location. Maybe try a search?"),
        ("404 | Example News", "Sorry, the page you are looking for could not be found on this server."),
        ("Example News", "Oops! The page you requested has been removed or does not exist any more."),
        ("الصفحة غير موجودة", "عذراً، الصفحة التي تبحث عنها غير موجودة أو تم حذفها من الموقع."),
        ("خطأ 404", "لم يتم العثور على الصفحة المطلوبة، يمكنك العودة إلى الرئيسية."),
        ("عذرا المقال غير متوفر", "ربما تم نقل المقال أو حذفه من قبل الإدارة، حاول البحث عنه مجدداً."),
        ("Страница не найдена", "Запрашиваемая страница была удалена или никогда не существовала."),
        ("Ошибка 404", "К сожалению, такой страницы нет на нашем сайте."),
        ("Sayfa bulunamadı", "Aradığınız sayfa kaldırılmış ya da adresi değiştirilmiş olabilir."),
    ],
    Reason.PARKED: [
        ("example.org is for sale", "The domain name is for sale. Buy this domain for 2,495 USD today."),
        ("Account Suspended", "This account has been suspended. Contact your hosting provider for more information."),
        ("Index of /", "Parent Directory cgi-bin error_log wp-content images and some more"),
        ("هذا النطاق معروض للبيع", "شراء هذا النطاق الآن من الوسيط بسعر مناسب ومضمون"),
        ("Домен продается", "Купить домен можно у нашего партнера уже сегодня по хорошей цене"),
        ("Bu alan adı satılıktır", "Bu alan adı satılıktır. Teklif vermek için bizimle iletişime geçin."),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "title", "line"), [(kind, title, line) for kind, rows in KINDS.items() for title, line in rows]
)
def test_pages_that_only_look_like_articles_are_told_apart(expected: Reason, title: str, line: str) -> None:
    assert reason(simple(title, line)) == expected


def test_cloudflares_own_header_is_enough() -> None:
    assert reason(page(html(), headers=[("CF-Mitigated", "challenge")])) == Reason.CHALLENGE


def test_a_redirect_to_a_login_a_consent_host_or_the_front_page_is_told_by_its_address() -> None:
    assert reason(page(html(), url="https://news.example.org/wp-login.php", asked=URL)) == Reason.LOGIN
    assert reason(page(html(), url="https://consent.example.org/m?x=1", asked=URL)) == Reason.CONSENT
    assert reason(page(html(), url="https://news.example.org/", asked=URL)) == Reason.HOMEPAGE


def test_good_pages_behind_the_same_services_are_articles() -> None:
    extra = (
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
        '<div id="cookie-banner">We use cookies. Accept all cookies.</div>'
        '<form action="/login"><input type="password"> Log in. Forgot your password?</form>'
    )
    assert article(html().replace(FOOTER, extra + FOOTER)).text == "\n".join(ENGLISH)


@pytest.mark.parametrize(
    "title",
    [
        "404 مدنيا قتلوا في شهر واحد",
        "Page not found: archives of the ministry are gone",
        "Access denied - aid convoys wait at the crossing",
        "Security check kills five at a crossing",
        "Вход в город закрыт для гражданских",
        "The villa is for sale",
    ],
)
def test_an_article_about_such_words_is_an_article(title: str) -> None:
    paragraphs = [" ".join(ENGLISH * 2), *ENGLISH]
    assert article(html(paragraphs, title=title)).title == title


PLACES = {
    "en": "Idlib Aleppo Hama Homs Daraa Raqqa Hasakah Latakia Quneitra Tartus",
    "ar": "إدلب حلب حماة حمص درعا الرقة الحسكة اللاذقية القنيطرة طرطوس",
    "ru": "Идлибе Алеппо Хаме Хомсе Дераа Ракке Хасеке Латакии Кунейтре Тартусе",
    "tr": "İdlib Halep Hama Humus Dera Rakka Haseke Lazkiye Kuneytra Tartus",
}
SENTENCES = {
    "en": [
        "{n} people were wounded in {p}.",
        "Shelling hit {n} villages near {p} overnight.",
        "Power cuts in {p} last {n} hours a day.",
        "Road to {p} closed for {n} days.",
        "Bread queues in {p}: {n} bakeries are shut.",
    ],
    "ar": [
        "إصابة {n} مدنيين في {p}.",
        "قصف مدفعي يستهدف {n} قرى قرب {p} ليلاً.",
        "انقطاع الكهرباء في {p} لمدة {n} ساعات يومياً.",
        "إغلاق الطريق إلى {p} لمدة {n} أيام.",
        "طوابير الخبز في {p} بعد توقف {n} أفران.",
    ],
    "ru": [
        "{n} человек ранены в {p}.",
        "Обстрел {n} деревень близ города в {p}.",
        "Света в {p} нет {n} часов в сутки.",
        "Дорога в {p} закрыта на {n} дней.",
        "Очереди за хлебом в {p}: закрыты {n} пекарен.",
    ],
    "tr": [
        "{p} kentinde {n} kişi yaralandı.",
        "{p} yakınlarında {n} köy gece bombalandı.",
        "{p} günde {n} saat elektriksiz kalıyor.",
        "{p} yolu {n} gün boyunca kapalı.",
        "{p} ekmek kuyrukları: {n} fırın kapandı.",
    ],
}


def test_200_short_bulletins_are_all_articles() -> None:
    made = 0
    for code in PLACES:
        for number, (place, sentence) in enumerate(itertools.product(PLACES[code].split(), SENTENCES[code])):
            text = sentence.format(n=number + 2, p=place)
            assert article(html([text], title=f"{place} {number}")).text == text
            made += 1
    assert made == 200


def test_a_page_of_teasers_is_a_listing() -> None:
    teasers = "".join(
        f"<div class='teaser'><h3><a href='/{n}'>Residents of quarter number {n} wait for water</a></h3></div>"
        for n in range(15)
    )
    head = "<head><title>Local | Example News</title></head>"
    body = f"<html>{head}<body>{MENU}<h1>Local</h1><main>{teasers}</main>{FOOTER}</body></html>"
    assert reason(page(body, url="https://news.example.org/category/local/")) == Reason.LISTING
