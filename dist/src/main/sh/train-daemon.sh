# Sourced by build.sh: one short life of the daemon, in network and mount namespaces of its own.
false
