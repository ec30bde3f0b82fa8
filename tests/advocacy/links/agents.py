"""A panel of user agents: programs that must not count, and people who must."""

BOTS = {
    "LinkedIn's own crawler": (
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient"
        " +http://www.linkedin.com)"
    ),
    "Google": (
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    ),
    "Google as a phone": (
        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P)"
        " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile"
        " Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    ),
    "Bing": (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0;"
        " +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36"
    ),
    "Bing's preview": (
        "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko)"
        " BingPreview/1.0b"
    ),
    "Facebook": (
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
    ),
    "Facebook's other one": (
        "meta-externalagent/1.1"
        " (+https://developers.facebook.com/docs/sharing/webmasters/crawler)"
    ),
    "X": "Twitterbot/1.0",
    "Slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack's pictures": "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Teams": (
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5"
        " skype-url-preview@microsoft.com"
    ),
    "WhatsApp": "WhatsApp/2.23.20.0",
    "Telegram": "TelegramBot (like TwitterBot)",
    "Discord": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Mastodon": "http.rb/5.1.1 (Mastodon/4.2.1; +https://social.example/) Bot",
    "a crawler for training": "CCBot/2.0 (https://commoncrawl.org/faq/)",
    "another crawler for training": (
        "Mozilla/5.0 (compatible; Bytespider; spider-feedback@example.org)"
    ),
    "Apple": (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML,"
        " like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1;"
        " +http://www.apple.com/go/applebot)"
    ),
    "an SEO crawler": (
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"
    ),
    "a watchdog": (
        "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)"
    ),
    "a browser without a screen": (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
        " HeadlessChrome/124.0.0.0 Safari/537.36"
    ),
    "curl": "curl/8.5.0",
    "Python": "python-requests/2.32.3",
    "Go": "Go-http-client/2.0",
    "a mail scanner that gives its name": (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
        " Gecko) Chrome/120.0.0.0 Safari/537.36 BarracudaCentral-URLScanner"
    ),
    "no name at all": "",
}

PEOPLE = {
    "LinkedIn's app on an iPhone": (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15"
        " (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.31.7721"
    ),
    "LinkedIn's app on Android": (
        "Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP4A.250205.002; wv)"
        " AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.7339.51"
        " Mobile Safari/537.36 [LinkedInApp]"
    ),
    "Chrome on Windows": (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
        " Gecko) Chrome/142.0.0.0 Safari/537.36"
    ),
    "Edge on Windows": (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
        " Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
    ),
    "Firefox on Linux": (
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
    ),
    "Safari on a Mac": (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML,"
        " like Gecko) Version/18.6 Safari/605.1.15"
    ),
    "Safari on an iPhone": (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15"
        " (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
    ),
    "Samsung's browser": (
        "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like"
        " Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"
    ),
    "Outlook's own window": (
        "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0;"
        " .NET4.0C; .NET4.0E; Microsoft Outlook 16.0.5266; ms-office; MSOffice 16)"
    ),
}
