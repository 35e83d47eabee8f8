//! Command lines whose flags have no telling name: `mysql -p…`, `curl -u …`, and
//! words that a command reads from a pipe.

use self::Place::{Flag, Own};
use super::echoed::{self, behind_mark, echoed, echoed_literal, given_or_echoed};
use super::echoed::{quoted_or_shell_word, shell_word};
use super::operator;
use super::value::{self, Extent, Value};
use crate::detect::judge::{reference, shape};
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// How far behind the command's name a flag may stand, in bytes.
const REACH: usize = 400;

/// Where a command takes a password.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Behind a flag.
    Flag(&'static [u8]),
    /// Where its own reader looks.
    Own(fn(Command<'_>) -> Option<Value>),
}

/// Keywords that are commands, sorted for the search.
const COMMANDS: [(&[u8], Place); 79] = [
    (b"7z a ", Own(attached_password)),
    (b"7z x ", Own(attached_password)),
    (b"az login", Flag(b" -p ")),
    (b"bw login", Own(word_behind_address)),
    (b"cargo login", Own(first_word)),
    (b"cmdkey", Flag(b" /pass:")),
    (b"codecov", Own(uuid_behind_flag)),
    (b"config http-basic", Own(third_word)),
    (b"config pypi-token", Own(second_word)),
    (b"cqlsh", Flag(b" -p ")),
    (b"crackmapexec", Flag(b" -p ")),
    (b"curl", Own(user_and_password)),
    (b"docker login", Flag(b" -p ")),
    (b"elasticsearch-users", Flag(b" -p ")),
    (b"etcdctl", Own(behind_user)),
    (b"evil-winrm", Flag(b" -p ")),
    (b"gcloud secrets create", Own(echoed)),
    (b"gcloud secrets versions add", Own(echoed)),
    (b"gh auth login", Own(given_or_echoed)),
    (b"gh secret set", Flag(b" --body ")),
    (b"http -a ", Own(behind_colon)),
    (b"ipmitool", Flag(b" -P")),
    (b"keyvault secret set", Flag(b" --value ")),
    (b"kinit ", Own(given_or_echoed)),
    (b"ldapadd", Flag(b" -w ")),
    (b"ldapmodify", Flag(b" -w ")),
    (b"ldapsearch", Flag(b" -w ")),
    (b"lftp ", Own(behind_comma)),
    (b"login -u", Flag(b" -p")),
    (b"mc alias set", Own(fourth_word)),
    (b"mongo -", Flag(b" -p")),
    (b"mongodump", Flag(b" -p")),
    (b"mongorestore", Flag(b" -p")),
    (b"mongosh", Flag(b" -p")),
    (b"mosquitto_", Flag(b" -P")),
    (b"mysql", Own(attached_password)),
    (b"ncftp", Flag(b" -p ")),
    (b"net use ", Own(beside_user)),
    (b"net user ", Own(second_word)),
    (b"nuget push", Flag(b" -k ")),
    (b"oc login", Flag(b" -p ")),
    (b"openssl enc", Flag(b" -k ")),
    (b"osql -", Flag(b" -P")),
    (b"plink ", Flag(b" -pw ")),
    (b"podman login", Flag(b" -p ")),
    (b"pscp ", Flag(b" -pw ")),
    (b"psexec", Flag(b" -p")),
    (b"rabbitmqctl add_user", Own(second_word)),
    (b"rabbitmqctl change_password", Own(second_word)),
    (b"radius-server key", Own(first_word)),
    (b"rdesktop", Flag(b" -p ")),
    (b"redis-cli", Flag(b" -a ")),
    (b"registry login", Flag(b" -p ")),
    (b"rocommunity", Own(first_word)),
    (b"rpcclient", Own(user_percent_password)),
    (b"rwcommunity", Own(first_word)),
    (b"schtasks", Flag(b" /rp ")),
    (b"securestring", Own(secure_string)),
    (b"smbclient", Own(user_percent_password)),
    (b"snmp-server community", Own(first_word)),
    (b"snmpget", Flag(b" -c ")),
    (b"snmpset", Flag(b" -c ")),
    (b"snmpwalk", Flag(b" -c ")),
    (b"snyk auth", Own(first_word)),
    (b"sqlcmd", Flag(b" -P")),
    (b"sqlplus", Own(user_slash_password)),
    (b"ssh-keygen", Flag(b" -N ")),
    (b"sudo -s", Own(echoed)),
    (b"tacacs-server key", Own(first_word)),
    (b"twine upload", Flag(b" -p ")),
    (b"unzip -p", Own(word_of_capital)),
    (b"vault login", Own(first_word)),
    (b"vault operator unseal", Own(first_word)),
    (b"vercel env add", Own(given_or_echoed)),
    (b"wandb login", Own(first_word)),
    (b"winexe", Own(user_percent_password)),
    (b"wrangler secret put", Own(given_or_echoed)),
    (b"xfreerdp", Flag(b" /p:")),
    (b"zip -p", Own(word_of_capital)),
];

/// Commands whose own names hold a word for passwords, which is the keyword.
const NAMED: [(&[u8], Place); 6] = [
    (b"--password-stdin", Own(echoed)),
    (b".pgpass", Own(echoed::row_of_pgpass)),
    (b"chpasswd", Own(echoed::pair)),
    (b"htpasswd", Own(last_word)),
    (b"passwd", Own(echoed::to_passwd)),
    (b"sshpass", Flag(b" -p")),
];

/// Whether a keyword is a command.
pub(super) fn is_keyword(word: &[u8]) -> bool {
    // Most of what wakes the reader, told at once.
    if word.len() < 5 {
        return word.eq_ignore_ascii_case(b"curl");
    }
    if word.eq_ignore_ascii_case(b"token") || word.eq_ignore_ascii_case(b"secret") {
        return false;
    }
    place_in(&COMMANDS, word).is_some()
}

/// Whether `name` is a command whose own name holds a word for passwords.
pub(super) fn is_named(name: &[u8]) -> bool {
    NAMED.iter().any(|(command, _)| *command == name)
}

/// The credentials in the arguments of the command named at `word`.
pub(super) fn read(text: &[u8], word: Span) -> Option<Value> {
    let is_start = word.start == 0 || !text[word.start - 1].is_ascii_alphanumeric();
    let name = word.of(text);
    let place = place_in(&COMMANDS, name).or_else(|| place_in(&NAMED, name))?;
    let end = word.end - usize::from(name.ends_with(b" "));
    let command = Command { text, name: word, arguments: arguments(text, end) };
    match place {
        _ if !is_start => None,
        Flag(flag) => command.behind(flag),
        Own(read) => read(command),
    }
}

/// The place of `name`, in any case, in a sorted table.
fn place_in(table: &[(&[u8], Place)], name: &[u8]) -> Option<Place> {
    let lower = || name.iter().map(u8::to_ascii_lowercase);
    let found = table.binary_search_by(|(command, _)| command.iter().copied().cmp(lower()));
    found.ok().map(|at| table[at].1)
}

/// The rest of a command behind `start`. It ends with its line, unless that ends with a
/// backslash.
fn arguments(text: &[u8], start: usize) -> Span {
    let limit = (start + REACH).min(text.len());
    let mut line_ends = memchr::memchr_iter(b'\n', &text[start..limit]).map(|at| start + at);
    let end = line_ends.find(|&at| !text[..at].trim_ascii_end().ends_with(b"\\"));
    Span::new(start, end.unwrap_or(limit))
}

/// A command at its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Command<'t> {
    pub(super) text: &'t [u8],
    pub(super) name: Span,
    pub(super) arguments: Span,
}

impl<'t> Command<'t> {
    /// Where `flag` ends.
    pub(super) fn behind_flag(self, flag: &[u8]) -> Option<usize> {
        let at = memchr::memmem::find(self.arguments.of(self.text), flag)?;
        Some(self.arguments.start + at + flag.len())
    }

    /// The word behind a flag: `-p secret`, and `-psecret` of sshpass.
    fn behind(self, flag: &[u8]) -> Option<Value> {
        if let Some(value) = self.listed(flag) {
            return Some(value);
        }
        let at = operator::skip_blanks(self.text, self.behind_flag(flag)?);
        (self.text.get(at) != Some(&b'-')).then_some(())?;
        value::read(self.text, at, Extent::Word)
    }

    /// The same in a list of words: `["sshpass", "-p", "…"]`.
    fn listed(self, flag: &[u8]) -> Option<Value> {
        let item = self.item_with(flag.trim_ascii())?;
        let len = flag.trim_ascii().len();
        if item.span.len() > len {
            return (!flag.ends_with(b" ")).then(|| item.behind(len));
        }
        let comma = operator::skip_blanks(self.text, item.end);
        (self.text.get(comma) == Some(&b',')).then_some(())?;
        let next = value::quoted(self.text, operator::skip_blanks(self.text, comma + 1))?;
        (!next.span.of(self.text).starts_with(b"-")).then_some(next)
    }

    /// The item that begins with `head` in a list of words, of which the command is one.
    fn item_with(self, head: &[u8]) -> Option<Value> {
        let quote = *self.text[..self.name.start].last().filter(|b| b"\"'".contains(b))?;
        let at = self.behind_flag(&[&[quote], head].concat())?;
        value::quoted(self.text, at - head.len() - 1)
    }

    /// The words of a command, between blanks.
    fn words(self) -> impl Iterator<Item = Span> + 't {
        let mut at = self.arguments.start;
        self.arguments.of(self.text).split(u8::is_ascii_whitespace).filter_map(move |word| {
            let span = Span::new(at, at + word.len());
            at += word.len() + 1;
            (!word.is_empty()).then_some(span)
        })
    }

    /// A word of the command, quoted or not.
    fn word(self, word: Span) -> Value {
        value::quoted(self.text, word.start).unwrap_or_else(|| Value::bare(word))
    }
}

/// `-u user:password`: the whole argument, which is what is sent.
fn user_and_password(command: Command<'_>) -> Option<Value> {
    const FLAGS: [&[u8]; 5] = [b" -u ", b" --user ", b" --user=", b" -u", b" --proxy-user "];
    let at = FLAGS.iter().find_map(|flag| command.behind_flag(flag))?;
    let value = quoted_or_shell_word(command.text, at)?;
    let bytes = value.bytes(command.text).into_owned();
    let colon = memchr::memchr(b':', &bytes)?;
    let plain = reference::is_reference(&bytes) || reference::is_reference(&bytes[colon + 1..]);
    (colon > 0 && !bytes.contains(&b' ') && !plain).then_some(value)
}

/// `-psecret`, as mysql takes it.
fn attached_password(command: Command<'_>) -> Option<Value> {
    let at = command.behind_flag(b" -p");
    let value = match at.and_then(|at| Some((at, *command.text.get(at)?))) {
        Some((_, first)) if first.is_ascii_whitespace() || b"-=".contains(&first) => return None,
        Some((at, _)) => value::read(command.text, at, Extent::Word)?,
        None => command.item_with(b"-p").filter(|item| item.span.len() > 2)?.behind(2),
    };
    // `-port`, `-password`: another tool's long flag.
    let word = value.span.of(command.text);
    (!word.starts_with(b"ort") && !word.starts_with(b"ass")).then_some(value)
}

/// `-U user%password`, as the tools of Samba take it.
fn user_percent_password(command: Command<'_>) -> Option<Value> {
    behind_mark(command.text, command.behind(b" -U")?, b'%')
}

/// `user/password@service`, as the tools of Oracle take it.
fn user_slash_password(command: Command<'_>) -> Option<Value> {
    let is_it = |word: &&[u8]| !word.starts_with(b"-") && !word.starts_with(b"/");
    let word = command.words().find(|word| is_it(&word.of(command.text)))?;
    let slash = memchr::memchr(b'/', word.of(command.text))?;
    let rest = &word.of(command.text)[slash + 1..];
    let len = memchr::memchr(b'@', rest)?;
    let start = word.start + slash + 1;
    (len > 0).then(|| Value::bare(Span::new(start, start + len)))
}

/// `rocommunity word`, `tacacs-server key 0 word`: what follows, but not a digit that
/// says how it is written.
fn first_word(command: Command<'_>) -> Option<Value> {
    let mut words = command.words();
    let word = words.next()?;
    let word = if word.of(command.text) == b"0" { words.next()? } else { word };
    let is_flag = word.of(command.text).starts_with(b"-");
    (command.text[command.arguments.start] == b' ' && !is_flag).then(|| command.word(word))
}

/// `zip -P word`: with a small letter the flag says something else.
fn word_of_capital(command: Command<'_>) -> Option<Value> {
    command.name.of(command.text).ends_with(b"P").then(|| first_word(command))?
}

/// `net user joe password`; behind `"net user joe"` there is none.
fn second_word(command: Command<'_>) -> Option<Value> {
    let mut words = command.words();
    let user = words.next()?.of(command.text);
    let word =
        words.next().filter(|_| memchr::memchr_iter(b'"', user).count().is_multiple_of(2))?;
    let named =
        !word.of(command.text).starts_with(b"/") && !word.of(command.text).starts_with(b"*");
    named.then(|| Value::bare(word))
}

/// `mc alias set corp https://corp.io user secret` of `MinIO`.
fn fourth_word(command: Command<'_>) -> Option<Value> {
    command.words().nth(3).map(|word| command.word(word))
}

/// `bw login joe@corp.io password`.
fn word_behind_address(command: Command<'_>) -> Option<Value> {
    let mut words = command.words().map(|word| (word, word.of(command.text)));
    words.next().filter(|(_, user)| user.contains(&b'@'))?;
    words.next().filter(|(_, word)| !word.starts_with(b"-")).map(|(word, _)| Value::bare(word))
}

/// `codecov -t` and a UUID.
fn uuid_behind_flag(command: Command<'_>) -> Option<Value> {
    command.behind(b" -t ").filter(|value| shape::is_uuid(value.span.of(command.text)))
}

/// `poetry config http-basic.corp joe password`.
fn third_word(command: Command<'_>) -> Option<Value> {
    command.words().nth(2).map(Value::bare)
}

/// `net use Z: \\\\host\\share password /user:joe`, or behind `/user:joe`.
fn beside_user(command: Command<'_>) -> Option<Value> {
    let all: Vec<Span> = command.words().collect();
    let head = |word: &Span| word.of(command.text)[..word.len().min(6)].to_ascii_lowercase();
    let user = all.iter().position(|word| head(word) == b"/user:")?;
    let is_value = |word: &&Span| {
        let word = word.of(command.text);
        !word.starts_with(b"/") && !word.starts_with(b"\\") && !word.ends_with(b":")
    };
    let behind = all.get(user + 1).filter(is_value);
    let word = behind.or_else(|| all.get(user.checked_sub(1)?).filter(is_value))?;
    (!word.of(command.text).starts_with(b"*")).then(|| Value::bare(*word))
}

/// The last word of `htpasswd -b file user password`.
fn last_word(command: Command<'_>) -> Option<Value> {
    let own = command.arguments.of(command.text).split(|b| b"|;&>)`\n".contains(b)).next()?;
    let start = command.arguments.start;
    let command = Command { arguments: Span::new(start, start + own.len()), ..command };
    let all: Vec<Span> = command.words().collect();
    let flags = all.iter().take_while(|word| word.of(command.text).starts_with(b"-"));
    let has_flag = |flag: u8| flags.clone().any(|word| word.of(command.text).contains(&flag));
    // With `-n` there is no file.
    let fewest = flags.clone().count() + if has_flag(b'n') { 2 } else { 3 };
    let last = *all.last()?;
    (has_flag(b'b') && all.len() >= fewest).then(|| command.word(last))
}

/// `etcdctl --user joe:password`.
fn behind_user(command: Command<'_>) -> Option<Value> {
    behind_mark(command.text, command.behind(b" --user")?, b':')
}

/// `lftp -u joe,password`.
fn behind_comma(command: Command<'_>) -> Option<Value> {
    behind_mark(command.text, shell_word(command.text, command.behind_flag(b"-u ")?)?, b',')
}

/// `http -a joe:password`.
fn behind_colon(command: Command<'_>) -> Option<Value> {
    behind_mark(command.text, shell_word(command.text, command.name.end)?, b':')
}

/// `ConvertTo-SecureString "secret"`, `… -String "secret"`.
fn secure_string(command: Command<'_>) -> Option<Value> {
    /// What may stand between the command and its string.
    const SWITCHES: [&[u8]; 3] = [b"-string ", b"-asplaintext ", b"-force "];
    let mut at = operator::skip_blanks(command.text, command.name.end);
    let is_there = |at: usize, switch: &[u8]| ascii::starts_with(&command.text[at..], switch);
    while let Some(switch) = SWITCHES.iter().find(|switch| is_there(at, switch)) {
        at = operator::skip_blanks(command.text, at + switch.len());
    }
    value::quoted(command.text, at)
        .or_else(|| echoed_literal(command))
        .or_else(|| parameter(command))
}

/// `aws ssm put-parameter --type SecureString --value …`, in whatever order.
fn parameter(command: Command<'_>) -> Option<Value> {
    let before = line::before(command.text, command.name.end);
    let start = command.name.end - before.len() + memchr::memmem::find(before, b"put-parameter ")?;
    Command { arguments: arguments(command.text, start), ..command }.behind(b" --value ")
}

/// The part of `user:password` that is the secret: an empty password makes a
/// token of the user. The colon of `${env:NAME}` or `arn:…` parts nothing.
pub(super) fn secret_part(pair: &[u8]) -> &[u8] {
    if reference::is_kept_elsewhere(pair) {
        return pair;
    }
    let user =
        if pair.starts_with(b"${") { memchr::memchr(b'}', pair).unwrap_or(pair.len()) } else { 0 };
    match memchr::memchr(b':', &pair[user..]).map(|colon| user + colon) {
        Some(colon) if colon + 1 < pair.len() => &pair[colon + 1..],
        Some(colon) => &pair[..colon],
        None => pair,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_sorted_for_the_search() {
        for table in [&COMMANDS[..], &NAMED] {
            assert!(table.is_sorted_by_key(|(name, _)| *name));
        }
        assert!(COMMANDS.iter().all(|(name, _)| is_keyword(name)));
        assert!(is_keyword(b"Net User ") && !is_keyword(b"password"));
    }

    #[test]
    fn a_pair_is_parted_where_its_user_ends() {
        for (pair, secret) in [
            ("joe:x1", "x1"),
            ("token:", "token"),
            ("x1", "x1"),
            ("${USER:-joe}:x1", "x1"),
            ("${env:PASS}", "${env:PASS}"),
            ("arn:aws:x1", "arn:aws:x1"),
        ] {
            assert_eq!(secret_part(pair.as_bytes()), secret.as_bytes(), "{pair}");
        }
    }
}
