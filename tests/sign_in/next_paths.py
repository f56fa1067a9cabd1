"""Where a person must never be led after signing in: hundreds of spellings of "elsewhere".

Generated from what browsers, proxies and frameworks are known to read differently, and a list of known ones.
"""

from itertools import product
from urllib.parse import quote, unquote, urlsplit

EVIL = "evil.example"

# What stands before a host: slashes in every disguise.
SLASHES = (
    "//", "///", "////", "/\\", "\\/", "\\\\", "\\", "/\\/", "\\/\\", "//\\", "/\t/", "/\n/", "/\r/", "/\r\n/",
    "/ /", "/\x00/", "/\x0b/", "/\x1f/", "/\u200b/", "/\ufeff/", "/.//", "/..//", "/./\\", "/;//", "/%2f", "/%2F",
    "%2f%2f", "%2f/", "/%5c", "/%5C", "%5c%5c", "/%09/", "/%0a/", "/%0d/", "/%0d%0a/", "/%00/", "/%20/", "/%252f",
    "/%255c", "%252f%252f", "/%c0%af", "/%e2%88%95", "\uff0f\uff0f", "/\uff0f", "/\u2215", "/\u2044", "/\uff3c",
    "/.%2f", "/%2e/", "/%2e%2e//", "/app//", "/app/..//", "/app/%2e%2e//", "/app\\..\\\\", "/?//", "/#//",
)  # fmt: skip

# What stands before those.
LEADS = ("", " ", "\t", "\n", "\r\n", "\x00", "\x08", "\u00a0", "\ufeff", "%20", "%09", "%0a", "%00")

SCHEMES = (
    "http:", "https:", "HTTPS:", "hTTp:", "http:/", "https:/", "http://", "https://", "http:\\\\", "https:\\",
    "http:///", "https:%2f%2f", "h\tttps://", "ht\ntps://", " https://", "\x01https://", "https\u200b://",
    "ftp://", "ws://", "wss://", "file:///", "mailto:x@", "tel:", "intent://", "blob:https://", "view-source:https://",
)  # fmt: skip

SCRIPTS = (
    "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "java\r\nscript:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)", "javascript://%0aalert(1)",
    "javascript%3aalert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "jav&#x09;ascript:alert(1)",
    "/javascript:alert(1)", "//javascript:alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=", "DATA:text/html,x", "data:,x", "feed:javascript:alert(1)",
    "\u202ejavascript:alert(1)", "javascript:alert(1)//http://localhost/", "\\x6aavascript:alert(1)",
)  # fmt: skip

HOSTS = (
    "http://127.0.0.1@evil.example/", "http://127.0.0.1%40evil.example/", "//127.0.0.1@evil.example",
    "//evil.example#@127.0.0.1", "//evil.example\\@127.0.0.1", "//evil.example?@127.0.0.1", "//evil%E3%80%82example",
    "//evil。example", "//[::1]", "//[::ffff:1.2.3.4]", "//0x7f000001", "//2130706433", "//127.1", "//localhost:1",
    "http://127.0.0.1.evil.example/", "http://evil.example/?http://127.0.0.1", ".evil.example", "@evil.example",
    ":evil.example", ":80", "evil.example", "evil.example/app", "www.evil.example", "/@evil.example//",
    "/app@evil.example", "?next=//evil.example", "#//evil.example", ";//evil.example", "../evil", "./evil", "..",
    ".", "/..", "/.", "/../", "/app/../..//evil.example", "/app/..;/..;//evil.example", "/%2e%2e/%2e%2e//evil.example",
)  # fmt: skip

HEADERS = (
    "/app\r\nSet-Cookie: a=b", "/app\nSet-Cookie: a=b", "/app\rSet-Cookie: a=b", "/app%0d%0aSet-Cookie:%20a=b",
    "/app%0aSet-Cookie:a=b", "/app\u560d\u560aSet-Cookie:a=b", "/app%E5%98%8D%E5%98%8ASet-Cookie:a=b",
    "/app\r\n\r\n<script>alert(1)</script>", "/app\x00", "/app\x7f", "/app\u2028", "/app\x85",
    "/app\u0085Location: //evil.example",
)  # fmt: skip

LONG = ("/" + "a" * 6000, "/" * 5000, "/app?" + "a" * 20_000, "/%" * 1000)

HOSTILE = sorted(
    {lead + slashes + EVIL for lead, slashes in product(LEADS[:1], SLASHES)}
    | {lead + slashes + EVIL + "/app" for lead, slashes in product(LEADS[1:], SLASHES[:9])}
    | {scheme + EVIL for scheme in SCHEMES}
    | {quote(slashes + EVIL, safe="") for slashes in SLASHES[:20]}
    | {quote(quote(slashes + EVIL, safe=""), safe="") for slashes in SLASHES[:10]}
    | {*SCRIPTS, *HOSTS, *HEADERS, *LONG, "", " ", "null", "undefined", "0", "[]", "{}"}
)

LOCAL = (
    "/", "/app", "/app/", "/app/documents", "/app/documents/0193a5c2-7d1e-7cc3-98c4-dc0c0c07398f",
    "/app/documents?tag=law", "/app/documents?tag=law&limit=20", "/app/documents?q=espa%C3%B1a%20a+b",
    "/app/documents?tag=what(is)*this'!", "/app/account", "/app/device?code=ABCD-EFGH",
    "/app/a.b-c_d~e", "/docs/errors/forbidden",
)  # fmt: skip


def stays_here(location: str, address: str) -> bool:
    """Whether a browser on `address` that is sent to `location` stays, however often somebody decodes it.

    The rules are those of the WHATWG URL standard: tabs and line breaks vanish, control characters and spaces
    at the ends too, a backslash is a slash.
    """
    readings = [location]
    for _ in range(3):
        readings.append(unquote(readings[-1]))
    return all(_leads_home(reading, address) for reading in readings)


def _leads_home(location: str, address: str) -> bool:
    seen = location.strip("".join(map(chr, range(0x21))))
    seen = seen.translate({9: None, 10: None, 13: None}).replace("\\", "/")
    seen = seen.removeprefix(address)
    path = urlsplit(seen).path if seen.startswith("/") and not seen.startswith("//") else None
    return path is not None and "//" not in path and seen.isprintable()
