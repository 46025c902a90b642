"""Everything that runs around Django on one machine: install, embedded servers, the demo, the checks.

Nothing here imports Django or its settings: these modules prepare the environment that the settings read.
`install` uses the standard library only, since it runs before anything is installed.
"""
