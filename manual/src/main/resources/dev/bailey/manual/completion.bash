# Completion of bailey(1) for bash, made from its tables of options.

# The names of containers; silent where no daemon answers.
_bailey_containers() {
    bailey ps -a --format json 2>/dev/null </dev/null | sed -n 's/.*"Names":"\([^"]*\)".*/\1/p'
}

# Sets $verb to the verb that the words before the cursor name, $group to the first word of one that has two.
_bailey_verb() {
    local at=1 word
    verb='' group=''
    while ((at < COMP_CWORD)); do
        word=${COMP_WORDS[at]}
        case $word in
            -H | --host) ((at++)) ;;
            -*) ;;
            *)
                if [[ -n $group ]]; then
                    verb="$group $word"
                elif [[ " $_bailey_groups " == *" $word "* ]]; then
                    group=$word
                    ((at++))
                    continue
                else
                    verb=$word
                fi
                return
                ;;
        esac
        ((at++))
    done
}

_bailey_files() {
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "$current"))
}

# What the value of an option can be, by what help calls it.
_bailey_value() {
    case $1 in
        FORMAT) COMPREPLY=($(compgen -W 'table json' -- "$current")) ;;
        BOOL) COMPREPLY=($(compgen -W 'true false' -- "$current")) ;;
        LEVEL) COMPREPLY=($(compgen -W 'debug info warn error' -- "$current")) ;;
        FILE | PATH | PATH:PATH* | DIR) _bailey_files ;;
    esac
}

_bailey() {
    local verb group current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} value
    COMPREPLY=()
    _bailey_verb
    if [[ -z $verb ]]; then
        COMPREPLY=($(compgen -W "$(_bailey_next "$group")" -- "$current"))
        return
    fi
    value=$(_bailey_option_value "$verb" "$before")
    if [[ -n $value ]]; then
        _bailey_value "$value"
    elif [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$(_bailey_options "$verb")" -- "$current"))
    else
        case $(_bailey_operand "$verb") in
            container) COMPREPLY=($(compgen -W "$(_bailey_containers)" -- "$current")) ;;
            image)
                COMPREPLY=($(compgen -W 'host' -- "$current"))
                _bailey_files
                ;;
            namespace)
                COMPREPLY=($(compgen -W "$(ls /run/netns 2>/dev/null)" -- "$current"))
                _bailey_files
                ;;
        esac
    fi
}

complete -F _bailey bailey
