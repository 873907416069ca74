# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of labctl for bash.

_labctl_words ()
{
  COMPREPLY+=($(compgen -W "$1" -- "$cur"))
}

_labctl_files ()
{
  local file
  # Labs, and folders on the way to them.
  while IFS= read -r file; do
    COMPREPLY+=("$file")
  done < <(compgen -f -X '!*.lab' -- "$cur"; compgen -d -S / -- "$cur")
  compopt -o filenames 2> /dev/null
}

# The lab on the command line so far, if there is one.
_labctl_lab ()
{
  local word
  for word in "${words[@]:2:cword-2}"; do
    [[ $word == *.lab ]] && printf '%s\n' "$word" && return
  done
}

_labctl_names ()
{
  local lab names
  lab=$(_labctl_lab)
  names=$(labctl complete "$1" ${lab:+"$lab"} 2> /dev/null)
  local IFS=$'\n'
  COMPREPLY+=($(compgen -W "$names" -- "$cur"))
}

_labctl ()
{
  local cur prev words cword options=""
  if declare -F _init_completion > /dev/null; then
    _init_completion -n : || return
  else
    words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
    cur=${words[cword]} prev=${words[cword-1]}
  fi
  COMPREPLY=()

  if ((cword == 1)); then
    _labctl_words "new validate run start stop reload freeze thaw status list console send log link \
      unlink plug unplug impair capture record timeline stats top mac config checkpoint clone pack unpack \
      export allow doctor image licence help version"
    return
  fi

  case $prev in
    --config | --node) _labctl_names nodes; return ;;
    --configs) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --svg) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --from) _labctl_files; return ;;
    --at | --name | --hosts | --jobs | --timeout | --parallel | --within | --expect | --reject | --escape | --interval) return ;;
  esac

  case ${words[1]} in
    new) options="--name --hosts --from" ;;
    validate) options="--json --quiet" ;;
    run) options="--keep-running --jobs --fresh --timeout --parallel --json" ;;
    start) options="--wait --timeout --parallel" ;;
    reload) options="--wait --timeout" ;;
    stop) options="--all" ;;
    freeze) options="--flap" ;;
    status | list | doctor) options="--json" ;;
    console) options="--escape --live" ;;
    send) options="--expect --reject --within --as-is --json" ;;
    log) options="--raw" ;;
    link) options="--move" ;;
    capture) options="--output --filter --size --seconds --files --snap --encapsulation --duration --all --background --list --stop" ;;
    record) options="--size --output" ;;
    impair) options="--out --in --preset --seed --json" ;;
    stats) options="--interval --all --json" ;;
    top) options="--interval --once --sort --all --json" ;;
    mac) options="--clear --json" ;;
    export) options="--svg --config --configs" ;;
    allow) options="--none" ;;
    config) options="--json --restart --all --yes --wait --at --dry-run" ;;
    checkpoint) options="--json --restart" ;;
    clone) options="--node" ;;
    pack) options="--output --history --checkpoints --capture --force" ;;
    unpack) options="--list" ;;
    image)
      case ${words[2]} in
        list | show) options="--json" ;;
        add) options="--name" ;;
        fix) options="--library" ;;
        map) options="--yes" ;;
        use) options="--image --template --no-template" ;;
        set) options="--role --release --notes" ;;
        template) options="--new --drop --rename --pattern --symbol --ethernet --serial --ram \
          --nvram --keepalives --no-keepalives --start --prompt --dialogue" ;;
      esac ;;
    help) _labctl_words "new validate run start stop reload freeze thaw status list console send log \
      link unlink plug unplug impair capture record timeline stats top mac config checkpoint clone pack unpack \
      export allow doctor image licence"; return ;;
  esac
  if [[ $cur == -* ]]; then
    _labctl_words "$options --help"
    return
  fi

  if [[ ${words[1]} == config ]] && ((cword == 2)); then
    _labctl_words "list show diff restore reset save export import take"
    return
  fi
  if [[ ${words[1]} == config && ${words[2]} == @(export|import) && -n $(_labctl_lab) ]]; then
    COMPREPLY=($(compgen -d -- "$cur"))
    return
  fi

  if [[ ${words[1]} == image ]]; then
    if ((cword == 2)); then
      _labctl_words "list show add remove map use probe fix set template folder dialogue"
    elif ((cword == 3)) && [[ ${words[2]} == @(show|remove|probe|fix|set|template) ]]; then
      local IFS=$'\n'
      COMPREPLY=($(compgen -W "$(labctl complete images 2> /dev/null)" -- "$cur"))
    elif [[ ${words[2]} == use && $prev == --image ]]; then
      local IFS=$'\n'
      COMPREPLY=($(compgen -W "$(labctl complete images 2> /dev/null)" -- "$cur"))
    elif [[ ${words[2]} == use ]]; then
      _labctl_names nodes
      [[ -n $(_labctl_lab) ]] || _labctl_files
    elif [[ ${words[2]} == folder ]] && ((cword == 3)); then
      _labctl_words "add remove"
    else
      COMPREPLY=($(compgen -f -- "$cur"))
      compopt -o filenames 2> /dev/null
    fi
    return
  fi
  if [[ ${words[1]} == licence ]]; then
    if ((cword == 2)); then
      _labctl_words "set show remove"
    else
      COMPREPLY=($(compgen -f -- "$cur"))
      compopt -o filenames 2> /dev/null
    fi
    return
  fi
  if [[ ${words[1]} == checkpoint ]] && ((cword == 2)); then
    _labctl_words "take list diff restore rename remove"
    return
  fi
  if [[ ${words[1]} == @(pack|unpack|clone) && ( ${words[1]} == unpack || -n $(_labctl_lab) ) ]]; then
    COMPREPLY=($(compgen -f -- "$cur"))
    return
  fi

  case ${words[1]} in
    link | unlink | plug | unplug | impair | capture | record)
      _labctl_names ports
      declare -F __ltrim_colon_completions > /dev/null && __ltrim_colon_completions "$cur" ;;
    start | stop | reload | freeze | thaw | console | send | log | stats | top | mac | config) _labctl_names nodes ;;
  esac
  [[ ${words[1]} == list || ${words[1]} == doctor || -n $(_labctl_lab) && ${words[1]} != validate ]] || _labctl_files
}

complete -F _labctl labctl
