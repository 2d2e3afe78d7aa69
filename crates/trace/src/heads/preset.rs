use tongue::say;

/// Whose heads the requests have, and where they go: browser and host together, for the head depends
/// on both.
///
/// Off this computer both browsers say less: no `Sec-Fetch`, no br and zstd, no client hints.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Preset {
    /// Chromium 156 on Linux, page and server on 127.0.0.1: captured.
    #[default]
    Loopback,
    /// The same browser, page and server on another host of the local network, without TLS: captured.
    Lan,
    /// Firefox 153 on Linux, page and server on 127.0.0.1: captured.
    Firefox,
    /// The same browser, page and server on another host of the local network, without TLS: captured.
    FirefoxLan,
    /// Only what RFC 9112 and RFC 6455 require, in requests and answers alike.
    Minimal,
}

impl Preset {
    /// Every preset, in the order in which the page offers them.
    pub const ALL: [Self; 5] = [Self::Loopback, Self::Lan, Self::Firefox, Self::FirefoxLan, Self::Minimal];

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loopback => say!("Chromium, this computer"),
            Self::Lan => say!("Chromium, local network"),
            Self::Firefox => say!("Firefox, this computer"),
            Self::FirefoxLan => say!("Firefox, local network"),
            Self::Minimal => say!("The least that the RFCs ask"),
        }
    }

    /// The name in a URL fragment.
    pub fn id(self) -> &'static str {
        match self {
            Self::Loopback => "loopback",
            Self::Lan => "lan",
            Self::Firefox => "firefox",
            Self::FirefoxLan => "firefox-lan",
            Self::Minimal => "minimal",
        }
    }

    /// The preset with this [`id`](Self::id).
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.id() == id)
    }

    /// `Host` of the server.
    pub(super) fn host(self) -> &'static str {
        match self {
            Self::Loopback | Self::Firefox | Self::Minimal => "127.0.0.1:9081",
            Self::Lan | Self::FirefoxLan => "192.0.2.2:9081",
        }
    }

    /// `Origin` of the page.
    pub(super) fn origin(self) -> &'static str {
        match self {
            Self::Loopback | Self::Firefox | Self::Minimal => "http://127.0.0.1:9080",
            Self::Lan | Self::FirefoxLan => "http://192.0.2.2:9080",
        }
    }

    /// What was captured; nothing of the minimal one, which is built.
    pub(super) fn capture(self) -> &'static str {
        match self {
            Self::Loopback => include_str!("chromium156.txt"),
            Self::Lan => include_str!("chromium156-lan.txt"),
            Self::Firefox => include_str!("firefox153.txt"),
            Self::FirefoxLan => include_str!("firefox153-lan.txt"),
            Self::Minimal => "",
        }
    }
}
