"""One page → an article, or the reason why it is none: `clean(page, outlet, hints)`. Pure, and with the same result always.

page          the way: decode, parse, judge, date, name
decode        bytes → text
metadata      what a page says of itself
identity      under which address the article is known
title         the headline, and the element that shows it
prune         boxes that are headed as something else, cut out of the tree; tables that lay out a page, unfolded
extract       tree → text; the only module that knows trafilatura
unseen        joiners and marks of direction, kept through trafilatura
nearby        the paragraph that reports the headline, where a text does not
trim          lines that are the page's and not the article's, dropped (line_phrases: what such lines say)
boilerplate   lines known to recur in the outlet's articles, dropped
recurring     which lines recur, learned from many articles for review (naming: lines that are nothing but a name)
pagekind      pages that are no articles (kind_phrases: what such pages say)
barepage      pages with few words: messages to visitors, by several topics and their build (bare_words, login_words)
teasers       pages made of teasers, and texts that are menus: by build alone
address       whether a text speaks to its visitor
walls         a few lines of an article above a box that asks for payment or a log-in
formats       live blogs, films, galleries
traces        where a page shows dates        dates     one printed date → an instant     months   their names
cldr          the months of further languages, from Unicode      hijri     dates that are noted and not converted
dating        which of a page's dates is the publication's
"""

from __future__ import annotations

from processing.clean.page import CLEANER, CleanHints, clean, numeric_dates, rejected

__all__ = ["CLEANER", "CleanHints", "clean", "numeric_dates", "rejected"]
