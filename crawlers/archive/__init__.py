"""The disk door: WARC files go in complete and come out as records. Nothing else in the project reads or writes pages.

    writer    CrawlWriter      one crawl's spool: attempts, links and fates, each committed as it ends; resumable
    publish   publish          a closed spool becomes files under the archive root, manifest.json last
    root      Archive          read crawls back, one page or all; how full the archive is
    recorded  RecordedWeb      any WARC as a lookup from URL to what was answered (replay, backfill)
    message   decode           Content-Encoding undone within a bound; HTTP heads taken apart

How a spider uses it:

    archive = Archive(root)
    if is_closed(spool, crawl_id):                      # died after the crawl, before it was published
        return publish(spool, crawl_id, archive)
    writer = CrawlWriter.open(spool, CrawlFacts(...), archive=archive)
    held = writer.held()                                # empty unless the crawl is taken up again
    exchange = held.take(Purpose.PAGE, url, key)        # None: ask the network, then
    fetch = writer.fetch(fetch, request_head, response_head, body, link=link, previous=known)
    writer.links(feed_url, links, problems)
    writer.fate(LinkFate(...))                          # for every link, exactly once
    manifest = writer.close(finished_at, "finished", stats)
    publish(spool, crawl_id, archive)
"""

from crawlers.archive.budget import Budget, BudgetState
from crawlers.archive.erase import clear_parts, erase, erased_keys, keep_decision, read_decision
from crawlers.archive.group import Exchange
from crawlers.archive.mentions import Found, Kind, Scan
from crawlers.archive.message import MAX_BODY, Decoded, decode, parse_head
from crawlers.archive.publish import publish
from crawlers.archive.recorded import Recorded, RecordedWeb, read_responses
from crawlers.archive.root import Archive
from crawlers.archive.spool import CrawlFacts, Held, is_closed
from crawlers.archive.writer import CrawlWriter

__all__ = [
    "MAX_BODY",
    "Archive",
    "Budget",
    "BudgetState",
    "CrawlFacts",
    "CrawlWriter",
    "Decoded",
    "Exchange",
    "Found",
    "Held",
    "Kind",
    "Recorded",
    "RecordedWeb",
    "Scan",
    "clear_parts",
    "decode",
    "erase",
    "erased_keys",
    "is_closed",
    "keep_decision",
    "parse_head",
    "publish",
    "read_decision",
    "read_responses",
]
