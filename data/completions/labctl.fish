# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of labctl for fish.

function __labctl_names
    set -l lab (string match -- '*.lab' (commandline -opc))
    labctl complete $argv[1] $lab[1] 2>/dev/null
end

function __labctl_labs
    __fish_complete_suffix .lab
end

set -l commands new validate run start stop reload freeze thaw status list console send log link unlink plug unplug impair capture record timeline stats top mac config checkpoint clone pack unpack export allow doctor image licence help version

complete -c labctl -f
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a new -d 'Make a lab'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a validate -d 'Check that files are labs'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a run -d 'Start a lab, run its checks, stop it'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a start -d 'Start a lab or some of its devices'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a stop -d 'Stop a lab or some of its devices'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a reload -d 'Stop and start devices'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a freeze -d 'Suspend devices'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a thaw -d 'Resume frozen devices'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a status -d 'Show the devices of a lab'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a list -d 'Show the labs that run'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a console -d 'Work on the console of a device'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a send -d 'Type a command at a console'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a link -d 'Connect two ports'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a unlink -d 'Remove the link at a port'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a plug -d 'Plug a cable in again'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a unplug -d 'Pull a cable and keep it in the lab'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a impair -d 'Make a link slow, lossy or small'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a capture -d 'Capture frames at ports'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a record -d 'Keep the last frames of each link'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a timeline -d 'Let happen what the timeline says'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a stats -d 'Show the counters of ports'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a top -d 'Watch the ports of a lab'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a mac -d 'Show the addresses that a switch has learned'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a allow -d 'Let a lab reach out of itself'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a config -d 'List, compare and restore configurations'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a checkpoint -d 'Keep the state of the whole lab'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a clone -d 'Copy a lab with what its devices keep'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a pack -d 'Write a lab into one file to share'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a unpack -d 'Make a lab of a file of pack'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a export -d 'Draw a lab, or fetch configurations'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a doctor -d 'Say what this machine lacks for labs'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a log -d 'Show what a device wrote'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a image -d 'Add, show and mend your images'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a licence -d 'Keep your iourc'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a help -d 'Show help'
complete -c labctl -n "not __fish_seen_subcommand_from $commands" -a version -d 'Show the version'

complete -c labctl -n '__fish_seen_subcommand_from validate run start stop reload freeze thaw status console send log link unlink plug unplug impair capture record timeline stats top mac export allow' -a '(__labctl_labs)'
complete -c labctl -n '__fish_seen_subcommand_from start stop reload freeze thaw console send log stats top mac' -a '(__labctl_names nodes)'
complete -c labctl -n '__fish_seen_subcommand_from link unlink plug unplug impair capture record' -a '(__labctl_names ports)'

complete -c labctl -n '__fish_seen_subcommand_from validate run status list send stats top mac doctor' -l json -d 'Answer as JSON'
complete -c labctl -n '__fish_seen_subcommand_from new' -l name -x -d 'Name of the lab'
complete -c labctl -n '__fish_seen_subcommand_from new' -l hosts -x -d 'Hosts around a switch'
complete -c labctl -n '__fish_seen_subcommand_from new' -l from -r -a '(__labctl_labs)' -d 'Lab to copy'
complete -c labctl -n '__fish_seen_subcommand_from validate' -l quiet -d 'Say nothing about good files'
complete -c labctl -n '__fish_seen_subcommand_from run' -l keep-running -d 'Do not stop the lab afterwards'
complete -c labctl -n '__fish_seen_subcommand_from run' -l jobs -x -d 'Devices to check at once'
complete -c labctl -n '__fish_seen_subcommand_from run' -l fresh -d 'Use a throw-away folder'
complete -c labctl -n '__fish_seen_subcommand_from run start' -l parallel -x -d 'Devices to begin at once'
complete -c labctl -n '__fish_seen_subcommand_from run start reload' -l timeout -x -d 'Patience in seconds'
complete -c labctl -n '__fish_seen_subcommand_from start reload' -l wait -d 'Wait until devices are ready'
complete -c labctl -n '__fish_seen_subcommand_from stop' -l all -d 'Stop every lab'
complete -c labctl -n '__fish_seen_subcommand_from freeze' -l flap -d 'Let links go down'
complete -c labctl -n '__fish_seen_subcommand_from console' -l escape -x -d 'Key that leaves the console'
complete -c labctl -n '__fish_seen_subcommand_from console' -l live -d 'Do not show what came before'
complete -c labctl -n '__fish_seen_subcommand_from send' -l expect -x -d 'Fail unless this matches'
complete -c labctl -n '__fish_seen_subcommand_from send' -l reject -x -d 'Fail if this matches'
complete -c labctl -n '__fish_seen_subcommand_from send' -l within -x -d 'Seconds to wait'
complete -c labctl -n '__fish_seen_subcommand_from send' -l as-is -d 'Send without waiting for a prompt'
complete -c labctl -n '__fish_seen_subcommand_from link' -l move -d 'Take out what the ports hold first'
complete -c labctl -n '__fish_seen_subcommand_from stats' -l interval -x -d 'Show rates'
complete -c labctl -n '__fish_seen_subcommand_from top' -l interval -x -d 'Look so often'
complete -c labctl -n '__fish_seen_subcommand_from top' -l once -d 'Print it once'
complete -c labctl -n '__fish_seen_subcommand_from top' -l sort -x -a 'port to line in out drops queue' -d 'By what'
complete -c labctl -n '__fish_seen_subcommand_from mac' -l clear -d 'Forget them'
complete -c labctl -n '__fish_seen_subcommand_from stats top' -l all -d 'All ports'
complete -c labctl -n '__fish_seen_subcommand_from export' -l svg -r -F -d 'Draw the topology'
complete -c labctl -n '__fish_seen_subcommand_from export' -l config -x -a '(__labctl_names nodes)' -d 'Print a configuration'
complete -c labctl -n '__fish_seen_subcommand_from export' -l configs -r -F -d 'Save all configurations'
complete -c labctl -n '__fish_seen_subcommand_from allow' -l none -d 'Take everything back'

set -l configs list show diff restore reset save export import
complete -c labctl -n "__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from $configs" -a list -d 'Show the histories'
complete -c labctl -n "__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from $configs" -a show -d 'Print a saved configuration'
complete -c labctl -n "__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from $configs" -a diff -d 'Compare two saved configurations'
complete -c labctl -n "__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from $configs" -a restore -d 'Put one back into a device'
complete -c labctl -n "__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from $configs" -a reset -d 'Back to the start configurations'
complete -c labctl -n "__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from $configs" -a save -d 'Tell devices to save'
complete -c labctl -n "__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from $configs" -a export -d 'Write them into a folder'
complete -c labctl -n "__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from $configs" -a import -d 'Load a folder'
complete -c labctl -n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from list show diff restore reset save' -a '(__labctl_labs)'
complete -c labctl -n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from list show diff restore reset save' -a '(__labctl_names nodes)'
complete -c labctl -n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from export import' -F
complete -c labctl -n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from list save' -l json -d 'Answer as JSON'
complete -c labctl -n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from restore reset' -l restart -d 'Stop and start devices'
complete -c labctl -n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from restore' -l at -x -d 'What was saved at a time'
complete -c labctl -n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from reset save' -l all -d 'All devices'
complete -c labctl -n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from import' -l yes -d 'Do it'

set -l images list show add remove map probe fix set template folder dialogue
complete -c labctl -n "__fish_seen_subcommand_from image; and not __fish_seen_subcommand_from $images" -a "$images"
complete -c labctl -n '__fish_seen_subcommand_from image; and __fish_seen_subcommand_from show remove probe fix set template' -a '(labctl complete images 2>/dev/null)'
complete -c labctl -n '__fish_seen_subcommand_from image; and __fish_seen_subcommand_from add folder' -F
complete -c labctl -n '__fish_seen_subcommand_from image; and __fish_seen_subcommand_from list show' -l json -d 'Answer as JSON'
complete -c labctl -n '__fish_seen_subcommand_from image; and __fish_seen_subcommand_from fix' -l library -r -F -d 'Give it a library'
complete -c labctl -n '__fish_seen_subcommand_from licence; and not __fish_seen_subcommand_from set show remove' -a 'set show remove'
complete -c labctl -n '__fish_seen_subcommand_from licence; and __fish_seen_subcommand_from set' -F
set -l checkpoints take list diff restore rename remove
complete -c labctl -n "__fish_seen_subcommand_from checkpoint; and not __fish_seen_subcommand_from $checkpoints" -a "$checkpoints"
complete -c labctl -n "__fish_seen_subcommand_from checkpoint; and __fish_seen_subcommand_from $checkpoints" -a '(__labctl_labs)'
complete -c labctl -n '__fish_seen_subcommand_from checkpoint; and __fish_seen_subcommand_from list' -l json -d 'Answer as JSON'
complete -c labctl -n '__fish_seen_subcommand_from checkpoint; and __fish_seen_subcommand_from restore' -l restart -d 'Stop and start devices'
complete -c labctl -n '__fish_seen_subcommand_from pack clone' -a '(__labctl_labs)'
complete -c labctl -n '__fish_seen_subcommand_from pack' -l output -s o -r -F -d 'Write to this file'
complete -c labctl -n '__fish_seen_subcommand_from pack' -l history -d 'With earlier configurations'
complete -c labctl -n '__fish_seen_subcommand_from pack' -l checkpoints -d 'With checkpoints'
complete -c labctl -n '__fish_seen_subcommand_from pack' -l capture -s c -r -F -d 'With this capture'
complete -c labctl -n '__fish_seen_subcommand_from pack' -l force -s f -d 'Replace a file'
complete -c labctl -n '__fish_seen_subcommand_from unpack' -r -F
complete -c labctl -n '__fish_seen_subcommand_from unpack' -l list -s l -d 'Only show what is inside'
complete -c labctl -n '__fish_seen_subcommand_from log' -l raw -d 'The bytes as they were written'
