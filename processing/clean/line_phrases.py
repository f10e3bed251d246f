"""The phrases by which `trim` tells a page's own lines, in English, Arabic, Russian, Turkish and a few neighbours.

One phrase a line, in the form `fold_plain` leaves (no hamza, no й, no diacritics, lower case). A phrase belongs here when
a sentence of news cannot begin with it, or be it: "also read" yes, "read" no.
"""

from __future__ import annotations

import re

from processing.clean.phrases import any_of

# A short line that begins so points elsewhere or asks for something.
OPENINGS = re.compile(
    "(?:"
    + any_of(
        r"""
        (?:also )?read(?: more| also| next| on| this)?\s*[:|\-]
        read (?:more|also|next|the full (?:story|article|report|interview))(?:$| (?:about|on|at|from|here|in)\b)
        (?:click|tap) here (?:to|for) (?:read|subscribe|sign|get|more|view|see|join|follow)
        (?:see|watch|related|more|further|must.read|trending|recommended|don't miss)(?: also| reading| stories| news| video)?\s*:
        also on \S+\.\S+
        (?:more|related) (?:stories|articles|news|posts|reading|coverage|content|links|topics)
        (?:sign up|subscribe|register)(?: now| here| today)? (?:for|to|and|via|in|with)\b
        (?:get|receive) (?:the|our|all|more) .{0,60}(?:inbox|newsletter|e-?mail|alerts?|headlines|notifications)
        (?:follow|join|like) (?:us|our)\b.{0,30}\b(?:on|at|in|via)\b
        (?:follow|join|like|find) .{0,50}\bon (?:twitter|facebook|telegram|whatsapp|instagram|youtube|google|x\b|social)
        (?:like|enjoy(?:ed)?) (?:this|our) (?:story|article|post|content)
        (?:share|tweet|print|email|e-mail|bookmark|save) (?:this|on|via|with|to)\b.{0,60}$
        (?:have|got) (?:a|any|something) (?:tip|story|news|question|confidential|to add|comments?)
        (?:photo|image|picture|graphic|illustration|featured? image)(?: (?:credit|source|by|courtesy|from|via|of))?\s?[:©(]
        (?:credits?|video|file (?:photo|image|picture))(?: (?:credit|source|by|courtesy))?\s?[:©]
        (?:this|the) (?:article|story|post|report|piece) (?:was )?(?:first |originally )(?:appeared|published|ran)
        (?:translated|translation|edited|editing|reporting|writing|compiled) by\b.{0,80}$
        (?:tags?|topics?|categor(?:y|ies)|keywords?|filed under|labels?|posted in|tagged(?: with)?)\s*:
        (?:leave|post|add|write) (?:a|your) (?:comment|reply)
        your (?:e-?mail|email) address will not be published
        (?:disclaimer|advertisement|advertising|sponsored|promoted)\b\s*(?::|$|-)
        (?:ل?لمزيد|المزيد|اقرا|اقرءوا|اقراوا|طالع|شاهدو?ا?|تابع|انظر|قد يهمك)(?: ايضا| المزيد| كذلك| في| علي| عن| من)?\s*[:|\-.…]
        (?:اقرا|طالع|شاهد|شاهدوا|اقراوا) (?:ايضا|المزيد|كذلك)
        (?:مواضيع|اخبار|مقالات|مواد|تقارير|موضوعات|روابط) (?:ذات صله|متعلقه|مشابهه|مرتبطه|اخري)
        (?:تابعونا|تابعنا|تابعوا|اشترك|اشتركوا|انضم|انضموا|شاركنا|شارك|شاركوا)\b.{0,40}(?:علي|في|عبر|الي|قناتنا|صفحتنا|نشرتنا|بريدنا|تلغرام|تلجرام|تيليغرام|واتساب|فيسبوك|تويتر|يوتيوب|الخبر|المقال|الصفحه)
        (?:الكلمات|كلمات) (?:المفتاحيه|مفتاحيه|الدلاليه|دلاليه)
        (?:الوسوم|وسوم|تاغات|التصنيف|التصنيفات|هاشتاغ)\s*:
        (?:مصدر الصوره|الصوره|صوره|تصوير|ترجمه|تحرير|اعداد|المحرر)\s*[:/(-].{0,80}$
        (?:نشر|نشرت|نشرت هذه|نشر هذا) (?:الخبر|الماده|المقال) .{0,40}(?:اول مره|للمره الاولي|في الاصل)
        (?:читаите|смотрите|читать|см\.)(?: также| далее| подробнее| ещe| еще)?\s*[:|\-]
        (?:читаите|смотрите|читать|см\.) (?:также|далее|подробнее|по теме|полностью)
        (?:подробнее|(?:еще |ранее |материалы? )?по теме|(?:связанные|другие) новости)(?:\s*[:|\-].*|$)
        подпи(?:сываите(?:сь)?|шитесь|саться|шись)\b.{0,80}(?:на|в|к)\b
        (?:следите|присоединяите|вступаите).{0,60}(?:telegram|телеграм|вконтакте|канал|соцсет|дзен|группе|новостями)
        (?:поделит|расскаж)\S* .{0,60}(?:друзья|соцсет|новост|ссылк|стать)
        (?:фото|видео|иллюстрация|перевод|автор фото|снимок|скриншот)\s?[:/©].{0,100}$
        (?:теги|метки|рубрика|рубрики|категории|ключевые слова|темы)\s*:
        (?:оставить|добавить|написать) (?:комментарии|отзыв)
        (?:реклама|на правах рекламы)$
        (?:ilgili|benzer|diger|one cikan|son) (?:haber|icerik|konu|yazi)\S*\s*(?::.*|$)
        (?:haberin|yazinin|detaylar) (?:devami|icin|tamami).{0,40}$
        bunlar da ilginizi cekebilir\b
        (?:ayrica|bunu da|sunu da) (?:oku|bak|izle)\S*\s*(?::.*)?
        (?:bizi|kanalimiza|kanalimizi|bultenimize|haber bultenine|whatsapp|telegram).{0,60}(?:takip ed|abone ol|katil|uye ol)\S*
        (?:fotograf|foto|gorsel|video|ceviri|editor|muhabir)\s?[:/©].{0,80}$
        (?:etiket|konu|anahtar kelime)(?:ler|lar)?\s*(?::.*)?$
        (?:haberi|bu haberi|sosyal medyada) (?:paylas)\S*.{0,30}$
        (?:yorum (?:yap|yaz|ekle)\S*|ilk yorumu? \S+ ?\S*).{0,30}$
        """
    )
    + ")"
)
# A line that is nothing else.
WHOLE = re.compile(
    "(?:"
    + any_of(
        r"""
        share|tweet|print|e-?mail|comments?|advertisement|sponsored|tags?|related|popular|trending|most read
        loading\W*|menu|search|home|follow us|subscribe|newsletter|listen|save|copy link|copied|back to top
        read more|show more|load more|more|next|previous|prev|play|pause
        (?:share|paylas|поделиться|شارك|tweet|facebook|twitter|telegram|whatsapp|linkedin|pinterest|reddit|viber|vk|messenger|email|print|\+|\d|[,/|\s])+
        شارك|مشاركه|شارك هذا|شارك الخبر|شارك المقال|طباعه|ارسال|تعليق|التعليقات|تعليقات|اعلان|اعلانات
        الرئيسيه|بحث|القائمه|المزيد|اقرا المزيد|عاجل|الاكثر قراءه|النشره البريديه|اشترك|نسخ الرابط|استمع|حفظ
        التالي|السابق
        шарить|поделиться|твитнуть|распечатать|печать|комментарии|комментировать|реклама|главная|поиск|меню
        еще|читать далее|подробнее|подписаться|популярное|самое читаемое|срочно|далее|назад|вперед|наверх
        paylas|tweetle|yazdir|yorumlar|yorum yap|reklam|ana ?sayfa|ara|menu|devami|devamini oku|abone ol
        cok okunanlar|son dakika|ileri|geri|kopyala|linki kopyala|kaydet|dinle
        """
    )
    + ")[:.…!]?"
)
# A line that ends so.
ENDINGS = re.compile(
    "(?:"
    + any_of(
        r"""
        (?:all rights reserved|(?:جميع|كل) الحقوق محفوظه|все права защищены|(?:tum haklari|her hakki) saklidir)\b.{0,80}$
        (?:\[video\]|\(video\)|\[read more\]|\[\.\.\.\] ?(?:read|continue).{0,20})$
        """
    )
    + ")"
)
# The claim of rights a line begins with, however long it is.
FOOTERS = re.compile(
    r"©|\(c\) ?(?:19|20)\d\d|copyright\b ?(?:©|\(c\)|(?:19|20)\d\d)"
    "|حقوق النشر محفوظه|(?:جميع|كل) الحقوق محفوظه|все права защищены|tum haklari sakli"
)
# A heading under which nothing of the article comes any more.
HEADINGS = re.compile(
    "(?:"
    + any_of(
        r"""
        (?:related|recommended|popular|trending|similar|latest|more|other|top)(?: (?:from|on|in|about|by) .{1,40})?
        (?:related|recommended|popular|similar|latest|more|other|top|recent) (?:posts?|articles?|stories|news|topics?|links?)
        (?:related|recommended|popular|similar|latest|more|other) (?:content|reading|coverage|headlines|videos?)
        you (?:may|might) (?:also )?(?:like|be interested in|have missed).{0,20}
        (?:see|read|watch) (?:also|more|next)
        (?:\d+ )?(?:comments?|responses?|replies|thoughts on .{1,100})(?: \(\d+\))?
        (?:leave|post|add|write) (?:a|your) (?:comment|reply)
        (?:tags?|topics?|categories|newsletter|about the authors?|most (?:read|popular|viewed|shared))
        (?:مواضيع|اخبار|مقالات|مواد|موضوعات|روابط|تقارير) (?:ذات صله|متعلقه|مشابهه|مرتبطه|اخري)|ذات صله
        (?:اقرا|شاهد|طالع) ايضا|قد يهمك(?: ايضا)?|المزيد(?: من .{1,40})?
        (?:ال)?تعليقات(?: \(?\d+\)?)?|(?:اضف|اترك|اكتب) (?:تعليقا?|تعليقك|ردا)|(?:ال)?وسوم
        كلمات (?:مفتاحيه|دلاليه)|الاكثر (?:قراءه|مشاهده|تداولا)|اخر الاخبار
        (?:читаите|смотрите) (?:также|по теме)|по теме|еще по теме|материалы по теме|другие новости
        похожие (?:новости|статьи|материалы)|самое читаемое|популярное|новости партнеров
        комментарии(?: \(?\d+\)?)?|\d+ комментари\S+|оставить комментарии|теги|метки
        (?:ilgili|benzer|diger|son|one cikan) (?:haberler|icerikler|konular|yazilar)
        bunlar da ilginizi cekebilir|(?:cok|en cok) okunanlar|yorumlar(?: \(?\d+\)?)?|yorum (?:yap|yaz)
        etiketler|daha fazla(?: haber)?|anket|опрос|еще (?:новости|по теме)|все новости|лента новостей|استطلاع(?: راي)?|poll
        """
    )
    + ")"
)
