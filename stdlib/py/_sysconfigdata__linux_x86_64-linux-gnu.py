"""What sysconfig tells of the build: gopy has no Makefile that this could come from.

Only variables that programs and the library ask for, and that mean something here: nothing can be compiled
against gopy, so compilers and their flags are left out.
"""

build_time_vars = {
    'ABIFLAGS': '',
    'EXT_SUFFIX': '.cpython-314-x86_64-linux-gnu.so',
    'HAVE_FORK': 0,
    'LDVERSION': '3.14',
    'MACHDEP': 'linux',
    'MULTIARCH': 'x86_64-linux-gnu',
    'PLATLIBDIR': 'lib',
    'Py_DEBUG': 0,
    'Py_ENABLE_SHARED': 0,
    'Py_GIL_DISABLED': 0,
    'SHLIB_SUFFIX': '.so',
    'SIZEOF_VOID_P': 8,
    'SOABI': 'cpython-314-x86_64-linux-gnu',
    'TZPATH': '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo',
    'VERSION': '3.14',
    'WITH_DOC_STRINGS': 1,
    'exec_prefix': '/gopy',
    'prefix': '/gopy',
}
