//! What of the picture is looked at: which layers, which part of the time, and whether silence is
//! collapsed. All of it travels in a link.

use tongue::{say, word};

use super::View;
use crate::event::Layer;

/// Layers that are shown and folded away together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// Handshakes and farewells of connections.
    Tcp,
    /// The handshakes of TLS.
    Tls,
    /// What the protocols say: requests, responses, frames.
    Protocol,
    /// What the people say, and what waits to be said.
    Application,
}

impl Group {
    /// Every group, lowest layer first.
    pub const ALL: [Self; 4] = [Self::Tcp, Self::Tls, Self::Protocol, Self::Application];

    /// The group that a layer belongs to.
    pub fn of(layer: Layer) -> Self {
        match layer {
            Layer::Tcp => Self::Tcp,
            Layer::Tls => Self::Tls,
            Layer::Http | Layer::WebSocket => Self::Protocol,
            Layer::Application => Self::Application,
        }
    }

    /// The name of its button.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Tls => "TLS",
            Self::Protocol => "HTTP/WebSocket",
            Self::Application => say!("Application"),
        }
    }

    /// The name in a link.
    pub fn id(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Protocol => "http",
            Self::Application => "app",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The groups that are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layers(u8);

impl Layers {
    /// Everything.
    pub const ALL: Self = Self((1 << Group::ALL.len()) - 1);

    /// Whether what belongs to `layer` is shown.
    pub fn show(self, layer: Layer) -> bool {
        self.has(Group::of(layer))
    }

    /// Whether a group is shown.
    pub fn has(self, group: Group) -> bool {
        self.0 & group.bit() != 0
    }

    /// The same but for one group, which folds or unfolds.
    pub fn toggled(self, group: Group) -> Self {
        Self(self.0 ^ group.bit())
    }
}

impl Default for Layers {
    fn default() -> Self {
        Self::ALL
    }
}

/// What of the picture is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sight {
    /// The layers that are shown.
    pub layers: Layers,
    /// Whether silence is collapsed; `None` leaves it to the picture.
    pub collapse: Option<bool>,
    /// The part of the time that is shown; `None` is the whole run.
    pub view: Option<View>,
}

impl Sight {
    /// What a link says of it: only what differs from the usual.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if self.layers != Layers::ALL {
            let shown = Group::ALL.into_iter().filter(|&group| self.layers.has(group));
            let shown: Vec<&str> = shown.map(Group::id).collect();
            pairs.push(("layers", if shown.is_empty() { NONE.to_owned() } else { shown.join(".") }));
        }
        if let Some(collapse) = self.collapse {
            pairs.push(("silence", if collapse { COLLAPSED } else { DRAWN }.to_owned()));
        }
        if let Some(View { from, to }) = self.view {
            pairs.push(("zoom", [from.to_string(), to.to_string()].join("-")));
        }
        pairs
    }

    /// Takes one pair of a link; names that are not its own are passed over.
    pub fn take(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "layers" => {
                self.layers =
                    layers(value).ok_or(word!("some of tcp, http, app with dots between, or none"))?
            }
            "silence" => {
                let known = [COLLAPSED, DRAWN].into_iter().position(|it| it == value);
                self.collapse = Some(known.ok_or(word!("collapsed or drawn"))? == 0);
            }
            "zoom" => {
                self.view = Some(view(value).ok_or(word!("two times in microseconds, a hyphen between"))?)
            }
            _ => {}
        }
        Ok(())
    }
}

fn layers(value: &str) -> Option<Layers> {
    let mut shown = Layers(0);
    for id in value.split('.').filter(|_| value != NONE) {
        shown.0 |= Group::ALL.into_iter().find(|group| group.id() == id)?.bit();
    }
    Some(shown)
}

fn view(value: &str) -> Option<View> {
    let (from, to) = value.split_once('-')?;
    let view = View { from: from.parse().ok()?, to: to.parse().ok()? };
    (view.from < view.to).then_some(view)
}

const NONE: &str = "none";
const COLLAPSED: &str = "collapsed";
const DRAWN: &str = "drawn";
