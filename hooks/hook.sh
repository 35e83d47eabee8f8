#!/bin/sh
# stanch-hook: 1 @HOOK@
# Written by `stanch install`, taken away by `stanch uninstall`. A hook that
# stood here before runs first; stanch runs last, so it sees what others staged.
hook=@HOOK@
installed=@PROGRAM@
before=${0%/*}/$hook.before-stanch

if [ -x "$before" ]; then
	if [ "$hook" = pre-push ]; then
		# Both hooks read the list of refs. The dot keeps the last line feed.
		refs=$(cat && echo .)
		refs=${refs%.}
		printf %s "$refs" | "$before" "$@" || exit
		exec <<-REFS
			$refs
		REFS
	else
		"$before" "$@" || exit
	fi
fi

if [ "$hook" = prepare-commit-msg ]; then
	# Only while git replays commits, which skips pre-commit. In doubt, and
	# where refs are no files, the program decides.
	state=${GIT_DIR:-.git}
	if [ -d "$state" ] && [ ! -e "$state/reftable" ] && [ -z "${GIT_REFLOG_ACTION-}" ]; then
		replays=
		for name in rebase-merge rebase-apply sequencer CHERRY_PICK_HEAD REVERT_HEAD AUTO_MERGE \
			MERGE_MSG; do
			if [ -e "$state/$name" ]; then
				replays=yes
			fi
		done
		[ "$replays" ] || exit 0
	fi
fi

if [ "$hook" = commit-msg ] && [ -r "$1" ]; then
	# Where another program keeps pre-commit, something may run there after us
	# and stage more: so what is staged is read again, here, behind all of it.
	suspect=
	if [ -f "${0%/*}/pre-commit" ]; then
		second=
		{ read -r second && read -r second; } <"${0%/*}/pre-commit" || :
		case $second in
		'# stanch-hook:'*) ;;
		*)
			suspect=yes
			set -- "$1" staged
			;;
		esac
	fi
	# Most messages hold no word a key could be: no program is started for them.
	while [ ! "$suspect" ] && { IFS= read -r line || [ "$line" ]; }; do
		case $line in
		*[!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ][!\ ]*) suspect=yes ;;
		*[Pp][Aa][Ss][Ss]* | *[Ss][Ee][Cc][Rr][Ee][Tt]* | *[Kk][Ee][Yy]* | *:*@*) suspect=yes ;;
		esac
	done <"$1"
	[ "$suspect" ] || exit 0
fi

program=$installed
if [ ! -x "$program" ]; then
	program=$(command -v stanch)
	case $program in
	/*) ;;
	*)
		echo >&2 "stanch: this was not checked for secrets and is blocked: the program is gone"
		echo >&2 "  looked for: $installed, then stanch in PATH"
		echo >&2 "  to fix it:  install stanch again and run: stanch install"
		echo >&2 "  or take the hook away: rm '$0'"
		exit 1
		;;
	esac
fi
exec "$program" hook "$hook" "$@"
