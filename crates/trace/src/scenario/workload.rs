use serde::{Deserialize, Serialize};
use tongue::say;

/// Which kind of conversation. What each says is written in `script`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Workload {
    /// Open loop: either side speaks when it has something to say.
    Chat,
    /// Closed loop: the next message waits for the echo of the last.
    Echo,
    /// Both sides talk at a steady pace, in small messages.
    Game,
    /// The server speaks at a steady pace.
    Ticker,
    /// The server speaks every two seconds, several messages at once.
    Dashboard,
    /// You ask once; the answer is large.
    Download,
    /// Two messages with a minute of silence between them.
    Idle,
    /// A web page: you ask for all its parts at once.
    Page,
    /// You read one thing after another, at a steady pace.
    Reads,
    /// A telephone call: both speak at the very same moments.
    Call,
    /// A shop is told of each payment, whenever there is one.
    Orders,
    /// Two people write one text, each as fast as they can.
    Editing,
    /// Prices come in at a steady pace; you place an order halfway.
    Stocks,
    /// The server speaks in ordinary words, at the scenario's gap.
    News,
    /// The same, but either side speaks, in turn.
    Talk,
}

/// What brings a message about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loop {
    /// The clock: everybody speaks at times of their own.
    Open,
    /// The echo of the message before.
    Echo,
    /// The clock has you ask; the server speaks when it is asked.
    Asked,
}

impl Workload {
    /// Every workload, in the order in which the page offers them.
    pub const ALL: [Self; 15] = [
        Self::Chat,
        Self::Echo,
        Self::Game,
        Self::Ticker,
        Self::Dashboard,
        Self::Download,
        Self::Idle,
        Self::Page,
        Self::Reads,
        Self::Call,
        Self::Orders,
        Self::Editing,
        Self::Stocks,
        Self::News,
        Self::Talk,
    ];

    /// The name in a URL fragment.
    pub fn id(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Echo => "echo",
            Self::Game => "game",
            Self::Ticker => "ticker",
            Self::Dashboard => "dashboard",
            Self::Download => "download",
            Self::Idle => "idle",
            Self::Page => "page",
            Self::Reads => "reads",
            Self::Call => "call",
            Self::Orders => "orders",
            Self::Editing => "editing",
            Self::Stocks => "stocks",
            Self::News => "news",
            Self::Talk => "talk",
        }
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chat => say!("Chat: both sides speak"),
            Self::Echo => say!("Echo: each message comes back"),
            Self::Game => say!("Game: both send all the time"),
            Self::Ticker => say!("Ticker: the server sends all the time"),
            Self::Dashboard => say!("Dashboard: the server sends in bursts"),
            Self::Download => say!("Download: one question, a large answer"),
            Self::Idle => say!("Idle: a minute of silence"),
            Self::Page => say!("Web page: many questions at once"),
            Self::Reads => say!("REST: one read after another"),
            Self::Call => say!("Phone call: both speak at once"),
            Self::Orders => say!("Shop: told of each payment"),
            Self::Editing => say!("Editing: two write one text"),
            Self::Stocks => say!("Stocks: prices, and one order"),
            Self::News => say!("News: the server speaks now and then"),
            Self::Talk => say!("Talk: either side speaks now and then"),
        }
    }

    /// The workload with this [`id`](Self::id).
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|workload| workload.id() == id)
    }

    /// What brings its messages about.
    pub fn loops(self) -> Loop {
        match self {
            Self::Echo => Loop::Echo,
            Self::Download | Self::Page | Self::Reads => Loop::Asked,
            _ => Loop::Open,
        }
    }

    /// Whether anybody may speak up at any time.
    pub fn is_open(self) -> bool {
        self.loops() == Loop::Open
    }

    /// How many messages it has unless told otherwise; of one that asks, how many questions, and of
    /// the download, how many parts the answer has.
    pub fn usual_messages(self) -> u32 {
        match self {
            Self::Chat | Self::Echo | Self::Reads => 5,
            Self::Game => 120,
            Self::Ticker => 30,
            Self::Dashboard => 15,
            Self::Download => 16,
            Self::Idle => 2,
            Self::Page => 12,
            Self::Call => 10,
            Self::Orders => 4,
            Self::Editing => 24,
            Self::Stocks => 21,
            Self::News | Self::Talk => 12,
        }
    }

    /// Messages a second of each who speaks at a steady pace, unless told otherwise; `None` without one.
    pub fn usual_rate(self) -> Option<u32> {
        match self {
            Self::Game => Some(20),
            Self::Ticker => Some(10),
            Self::Reads => Some(2),
            Self::Editing | Self::Stocks => Some(5),
            _ => None,
        }
    }
}
