use std::rc::Rc;

use wire::deflate::Parameters;
use wire::handshake::check_request;
use wire::{Body, Dissector, Message, Reader, Rule, Sender, Unit, Violation};

use super::{Exhibit, culprit};

/// Octets that one side sent in one go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Who.
    pub sender: Sender,
    /// What.
    pub octets: Vec<u8>,
}

/// What a stream begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Start {
    /// HTTP/1.1; a 101 turns it into frames.
    #[default]
    Http,
    /// Frames: the handshake lies behind, without extensions.
    Frames,
    /// Frames, and permessage-deflate was agreed with its defaults.
    Deflated,
}

/// What broke a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// The rule, who broke it, and where in their stream.
    pub violation: Violation,
    /// Which exhibit shows it, if any octets do.
    pub exhibit: Option<usize>,
    /// The octet inside that exhibit, counted from 0: where the field begins that breaks the rule, if reading went on
    /// to the end of the head before it was judged.
    pub octet: usize,
}

/// A conversation taken apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dissection {
    /// Its units, in their order.
    pub exhibits: Vec<Rc<Exhibit>>,
    /// What is wrong with it; nothing is read after that.
    pub trouble: Option<Trouble>,
    /// Octets that begin a unit whose end is missing: how many, and whose.
    pub unfinished: Option<(usize, Sender)>,
}

impl Dissection {
    /// Takes `pieces` apart in their order, until something breaks a rule.
    pub fn of(pieces: &[Piece], start: Start) -> Self {
        let mut table = Table { streams: Both::new(start), done: Self::default(), sent: Default::default() };
        for piece in pieces {
            table.sent[side(piece.sender)].extend_from_slice(&piece.octets);
            table.streams.feed(piece);
            while let Some(result) = table.streams.poll(piece.sender) {
                match result {
                    Ok(unit) => table.done.exhibits.push(Rc::new(Exhibit::new(unit))),
                    Err(violation) => {
                        table.accuse(violation);
                        return table.done;
                    }
                }
            }
        }
        for sender in [Sender::Client, Sender::Server] {
            let left = table.left(sender).len();
            if left > 0 && table.done.unfinished.is_none() {
                table.done.unfinished = Some((left, sender));
                table.unfinished(sender);
            }
        }
        table.done
    }

    /// The message that a frame is part of, and the exhibits of all its frames.
    pub fn message(&self, exhibit: usize) -> Option<(&Message, Vec<usize>)> {
        let shown = &self.exhibits.get(exhibit)?.unit;
        let last = self.exhibits.iter().find(|it| {
            it.unit.sender == shown.sender
                && it.unit.message.as_ref().is_some_and(|message| message.frames.contains(&shown.index))
        })?;
        let message = last.unit.message.as_ref()?;
        let own = |(_, it): &(usize, &Rc<Exhibit>)| {
            it.unit.sender == shown.sender && message.frames.contains(&it.unit.index)
        };
        Some((message, self.exhibits.iter().enumerate().filter(own).map(|(place, _)| place).collect()))
    }
}

struct Table {
    streams: Both,
    done: Dissection,
    /// All that each side sent.
    sent: [Vec<u8>; 2],
}

impl Table {
    /// What a side sent after its last whole unit.
    fn left(&self, sender: Sender) -> &[u8] {
        let units = self.done.exhibits.iter().filter(|it| it.unit.sender == sender);
        let read: u64 = units.map(|it| it.unit.wire_octets()).sum();
        let sent = &self.sent[side(sender)];
        sent.get(usize::try_from(read).unwrap_or(usize::MAX)..).unwrap_or_default()
    }

    /// Whether a 101 was on show: a reader that has stopped over a broken frame does not know any more.
    fn switched(&self) -> bool {
        self.done.exhibits.iter().any(|it| it.unit.response().is_some_and(|it| it.status == 101))
    }

    /// The rule that was broken first: who switches without being asked may have been asked in a way that
    /// breaks a rule.
    fn cause(&self, violation: Violation) -> Violation {
        let requests = self.done.exhibits.iter().filter(|_| violation.rule == Rule::SwitchUnasked);
        let mut asked = requests.filter_map(|it| Some((it.unit.offset, it.unit.request()?)));
        match asked.next_back() {
            Some((offset, request)) if request.fields.get("Upgrade").is_some() => {
                match check_request(request) {
                    Err(refusal) => Violation { rule: refusal.rule, sender: Sender::Client, offset },
                    Ok(_) => violation,
                }
            }
            _ => violation,
        }
    }

    /// Puts what broke a rule on show, read as far as it can be.
    fn accuse(&mut self, violation: Violation) {
        let violation = self.cause(violation);
        let sender = violation.sender;
        let whole = self.done.exhibits.iter().position(|it| {
            let (from, unit) = (it.unit.offset, &it.unit);
            unit.sender == sender
                && (from..from.saturating_add(unit.wire_octets())).contains(&violation.offset)
        });
        let shown = match whole {
            Some(place) => Some(place),
            None => self.unfinished(sender),
        };
        let mut trouble = Trouble { violation, exhibit: shown, octet: 0 };
        if let Some(exhibit) = shown.and_then(|place| self.done.exhibits.get_mut(place)) {
            let octet = violation.offset.saturating_sub(exhibit.unit.offset);
            trouble.octet = usize::try_from(octet).unwrap_or(usize::MAX);
            let culprit = culprit::field(exhibit, violation.rule, trouble.octet);
            let field = culprit.and_then(|field| exhibit.fields.get(field)).map(|field| field.octets.clone());
            if let Some(own) =
                field.filter(|own| exhibit.unit.frame().is_none() && !own.contains(&trouble.octet))
            {
                trouble.octet = own.start;
            }
            Rc::make_mut(exhibit).culprit = culprit;
        }
        self.done.trouble = Some(trouble);
    }

    /// Puts the beginning of a unit on show whose end is missing or unreadable.
    fn unfinished(&mut self, sender: Sender) -> Option<usize> {
        let left = self.left(sender).to_vec();
        let offset = (self.sent[side(sender)].len() - left.len()) as u64;
        let own = self.done.exhibits.iter().filter(|it| it.unit.sender == sender);
        let index = u32::try_from(own.count()).unwrap_or(u32::MAX);
        let unit = match self.streams.partial(sender) {
            Some(Unit { body: Body::Request(_) | Body::Response(_), .. }) => {
                let known = self.streams.partial(sender).cloned()?;
                Unit { octets: left, ..known }
            }
            _ if self.switched() || self.streams.speaks_frames(sender) => Unit::lenient_frame(sender, &left)?,
            _ if left.is_empty() => return None,
            _ => Unit::lenient_head(sender, &left),
        };
        self.done.exhibits.push(Rc::new(Exhibit::new(Unit { offset, index, ..unit })));
        Some(self.done.exhibits.len() - 1)
    }
}

/// Both directions: of a connection from its start, or of frames alone.
enum Both {
    Connection(Box<Dissector>),
    Frames(Box<[Reader; 2]>),
}

impl Both {
    fn new(start: Start) -> Self {
        let frames = || [Sender::Client, Sender::Server].map(Reader::frames);
        match start {
            Start::Http => Self::Connection(Box::default()),
            Start::Frames => Self::Frames(Box::new(frames())),
            Start::Deflated => {
                let mut readers = frames();
                readers.iter_mut().for_each(|reader| reader.inflate_with(&Parameters::default()));
                Self::Frames(Box::new(readers))
            }
        }
    }

    fn feed(&mut self, piece: &Piece) {
        match self {
            Self::Connection(dissector) => dissector.feed(piece.sender, &piece.octets),
            Self::Frames(readers) => readers[side(piece.sender)].feed(&piece.octets),
        }
    }

    fn poll(&mut self, sender: Sender) -> Option<Result<Unit, Violation>> {
        match self {
            Self::Connection(dissector) => dissector.poll(),
            Self::Frames(readers) => readers[side(sender)].poll(),
        }
    }

    fn partial(&self, sender: Sender) -> Option<&Unit> {
        match self {
            Self::Connection(dissector) => dissector.direction(sender).partial(),
            Self::Frames(readers) => readers[side(sender)].partial(),
        }
    }

    fn speaks_frames(&self, sender: Sender) -> bool {
        match self {
            Self::Connection(dissector) => dissector.direction(sender).is_upgraded(),
            Self::Frames(_) => true,
        }
    }
}

fn side(sender: Sender) -> usize {
    usize::from(sender == Sender::Server)
}
