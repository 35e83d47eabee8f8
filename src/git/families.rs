//! Many contents, each read once. In a pack most are stored as a change of
//! another one; a content and what was made from it, directly or not, are a
//! family. A family is read from its first content on, each base once, and a
//! base is kept only until the last content made from it is.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::delta::{self, Same};
use super::pack::{Kind, Pack, PackReader};
use super::{Oid, Repo};

/// A content that was read.
#[derive(Debug)]
pub struct Content<'c, T> {
    /// Which of those that were asked for: their numbers.
    pub numbers: &'c [u32],
    /// The content.
    pub bytes: Vec<u8>,
    /// The content it was made from.
    pub base: Option<Base<'c, T>>,
}

/// What a content was made from.
#[derive(Debug, Clone, Copy)]
pub struct Base<'c, T> {
    /// What was made of it when it was visited.
    pub known: &'c T,
    /// Its bytes.
    pub bytes: &'c [u8],
    /// What both have, in the order of the content.
    pub same: &'c [Same],
}

/// The families of the contents that were asked for. Threads share them.
pub struct Families<'r> {
    packs: &'r [Pack],
    /// Sorted by their places in the packs.
    members: Vec<Member>,
    /// The numbers of the contents, in the order of the members.
    numbers: Vec<u32>,
    /// The first ones of the families.
    heads: Vec<u32>,
    next: AtomicUsize,
    /// What is in no pack.
    left: Vec<u32>,
}

/// A content in a pack: one that was asked for, or a base of one.
struct Member {
    pack: u32,
    start: u64,
    /// Its numbers; none when it is only a base.
    from: u32,
    to: u32,
    /// Of those made from it the first, and the next made from the same.
    child: Option<u32>,
    sibling: Option<u32>,
    /// How many are made from it, directly or not, and itself.
    weight: u32,
}

impl Repo {
    /// The contents with these names, to be read in the order that costs least.
    pub fn families(&self, oids: impl Iterator<Item = Option<Oid>>) -> Families<'_> {
        Families::of(self.packs(), oids)
    }
}

impl<'r> Families<'r> {
    pub(super) fn of(packs: &'r [Pack], oids: impl Iterator<Item = Option<Oid>>) -> Self {
        let (mut places, mut left) = (Vec::new(), Vec::new());
        for (number, oid) in (0_u32..).zip(oids) {
            let place = oid.and_then(|oid| {
                packs.iter().zip(0_u32..).find_map(|(pack, at)| Some((at, pack.find(oid)?)))
            });
            match place {
                Some((pack, start)) => places.push((pack, start, number)),
                None => left.push(number),
            }
        }
        places.sort_unstable();
        let mut members = Vec::<Member>::new();
        for (at, &(pack, start, _)) in (0_u32..).zip(&places) {
            match members.last_mut() {
                Some(last) if (last.pack, last.start) == (pack, start) => last.to = at + 1,
                _ => members.push(Member::new((pack, start), at..at + 1)),
            }
        }
        let numbers = places.into_iter().map(|(_, _, number)| number).collect();
        let next = AtomicUsize::new(0);
        let mut families = Self { packs, members, numbers, heads: Vec::new(), next, left };
        families.link();
        families
    }

    /// Finds the bases.
    fn link(&mut self) {
        let mut readers = Readers::new(self.packs);
        let place = |member: &Member| (member.pack, member.start);
        let mut known: HashMap<(u32, u64), u32> = self.members.iter().map(place).zip(0..).collect();
        let mut at = 0;
        while let Some(member) = self.members.get(at) {
            let (pack, start) = place(member);
            let kind = readers.of(pack).and_then(|reader| reader.kind(start));
            if let Some(Kind::ChangeOf(base)) = kind {
                let new = self.members.len() as u32;
                let base = *known.entry((pack, base)).or_insert_with(|| {
                    self.members.push(Member::new((pack, base), 0..0));
                    new
                });
                let sibling = self.members[base as usize].child.replace(at as u32);
                self.members[at].sibling = sibling;
            } else {
                self.heads.push(at as u32);
            }
            at += 1;
        }
        self.weigh();
    }

    /// Counts who is made from whom, and sets aside who is not made from anything.
    fn weigh(&mut self) {
        let mut order = self.heads.clone();
        let mut at = 0;
        while let Some(&member) = order.get(at) {
            order.extend(self.children(member));
            at += 1;
        }
        for &member in order.iter().rev() {
            let below: u32 = self.children(member).map(|child| self.at(child).weight).sum();
            self.members[member as usize].weight = below + 1;
        }
        // In a damaged pack two can be each other's base.
        let lost = self.members.iter().filter(|member| member.weight == 0);
        let lost: Vec<u32> = lost.flat_map(|member| self.numbers(member)).copied().collect();
        self.left.extend(lost);
    }

    fn at(&self, member: u32) -> &Member {
        &self.members[member as usize]
    }

    fn numbers(&self, member: &Member) -> &[u32] {
        &self.numbers[member.from as usize..member.to as usize]
    }

    fn children(&self, member: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(self.at(member).child, |&child| self.at(child).sibling)
    }

    /// The numbers of the contents that stand in no pack.
    pub fn left(&self) -> &[u32] {
        &self.left
    }

    /// Reads families until there is none left. Every content is given to `visit`,
    /// which gives it back with what is to be known of it where others are made
    /// from it. Returns the numbers of those that cannot be read here.
    pub fn read<T: Default>(
        &self,
        mut visit: impl FnMut(Content<'_, T>) -> (Vec<u8>, T),
    ) -> Vec<u32> {
        let (mut readers, mut unread) = (Readers::new(self.packs), Vec::new());
        let mut same = Vec::new();
        while let Some(&head) = self.heads.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let mut waiting = vec![(head, None::<Rc<(Vec<u8>, T)>>)];
            while let Some((member, base)) = waiting.pop() {
                let before = base.as_deref().map(|(bytes, _)| &bytes[..]);
                let Some(bytes) = readers.read(self.at(member), before, &mut same) else {
                    self.give_up(member, &mut unread);
                    continue;
                };
                let numbers = self.numbers(self.at(member));
                let base = base.as_deref();
                let base = base.map(|(bytes, known)| Base { known, bytes, same: &same });
                let read = match numbers {
                    [] => (bytes, T::default()),
                    _ => visit(Content { numbers, bytes, base }),
                };
                self.wait(member, read, &mut waiting);
            }
        }
        unread
    }

    /// Lets those wait that are made from a member, the largest branch to come
    /// last: then nothing else waits for the member any more, and of a family of
    /// any size no more bases are kept than its size has binary digits.
    fn wait<K>(&self, member: u32, read: K, waiting: &mut Vec<(u32, Option<Rc<K>>)>) {
        let (read, first) = (Rc::new(read), waiting.len());
        waiting.extend(self.children(member).map(|child| (child, Some(Rc::clone(&read)))));
        waiting[first..].sort_unstable_by_key(|(child, _)| Reverse(self.at(*child).weight));
    }

    /// Names a member and all that are made from it.
    fn give_up(&self, member: u32, unread: &mut Vec<u32>) {
        let mut open = vec![member];
        while let Some(member) = open.pop() {
            unread.extend(self.numbers(self.at(member)));
            open.extend(self.children(member));
        }
    }
}

impl std::fmt::Debug for Families<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Families").field("heads", &self.heads.len()).finish_non_exhaustive()
    }
}

impl Member {
    fn new((pack, start): (u32, u64), numbers: std::ops::Range<u32>) -> Self {
        let (from, to) = (numbers.start, numbers.end);
        Self { pack, start, from, to, child: None, sibling: None, weight: 0 }
    }
}

/// The packs of one thread.
pub(super) struct Readers<'p> {
    packs: &'p [Pack],
    open: Vec<Option<PackReader<'p>>>,
}

impl<'p> Readers<'p> {
    pub(super) fn new(packs: &'p [Pack]) -> Self {
        Self { packs, open: packs.iter().map(|_| None).collect() }
    }

    pub(super) fn of(&mut self, pack: u32) -> Option<&mut PackReader<'p>> {
        let open = &mut self.open[pack as usize];
        if open.is_none() {
            *open = PackReader::open(&self.packs[pack as usize]);
        }
        open.as_mut()
    }

    fn read(
        &mut self,
        member: &Member,
        base: Option<&[u8]>,
        same: &mut Vec<Same>,
    ) -> Option<Vec<u8>> {
        match (self.of(member.pack)?.read(member.start)?, base) {
            ((Kind::ChangeOf(_), change), Some(base)) => delta::apply(&change, base, same),
            ((Kind::ChangeOf(_), _), None) | (_, Some(_)) => None,
            ((_, content), None) => Some(content),
        }
    }
}
