// CPython 3.14: the usage texts of Python/initconfig.c
//
// What -h and its kin print.

/** The first line of every complaint about the arguments. */
export const USAGE = "usage: gopy [option] ... [-c cmd | -m mod | file | -] [arg] ...\n";

/** -h */
export const HELP: string = `${USAGE}Options (and the variables that do the same):
-b     : warn when bytes and str are mixed: str(bytes), bytes == str, bytes == int
         (-bb: make that an error)
-B     : write no .pyc files; also PYTHONDONTWRITEBYTECODE=x
-c cmd : run the command and stop reading options
-d     : for debug builds; has no effect here; also PYTHONDEBUG=x
-E     : ignore the PYTHON* variables (such as PYTHONPATH)
-h     : print this help and exit (also -? or --help)
-i     : go on with the prompt after the program, and show it even where standard
         input is no terminal; also PYTHONINSPECT=x
-I     : isolated: -E, -P and -s together
-m mod : run a module of the library or the path and stop reading options
-O     : leave out assert and code under __debug__; also PYTHONOPTIMIZE=x
-OO    : -O, and leave out docstrings
-P     : don't put the program's folder on sys.path; also PYTHONSAFEPATH
-q     : no version and copyright at the interactive start
-s     : leave the user's site folder out of sys.path; also PYTHONNOUSERSITE=x
-S     : don't import site at the start
-u     : unbuffered standard output and error; also PYTHONUNBUFFERED=x
-v     : tell of each import, twice for more; also PYTHONVERBOSE=x
-V     : print the version and exit (also --version); twice for more of it
-W arg : what to do with warnings, action:message:category:module:lineno;
         also PYTHONWARNINGS=arg
-x     : skip the first line of the program
-X opt : an option of this implementation
--check-hash-based-pycs always|default|never:
         whether .pyc files that carry a hash are checked against their source
--help-env: the variables that matter
--help-xoptions: the -X options
--help-all: all help there is

Arguments:
file   : the program, a script, a folder or zip file with a __main__.py, a .pyc file
-      : the program comes from standard input (what no argument means, too; a
         terminal there is the interactive prompt)
arg ...: sys.argv[1:]
`;

/** --help-env */
export const HELP_ENV: string = `Variables that change how gopy behaves:
PYTHON_BASIC_REPL: the plain prompt (gopy has no other)
PYTHONBREAKPOINT: what breakpoint() calls; 0 makes it do nothing
PYTHON_COLORS   : 1 for coloured output, 0 for none
PYTHONHASHSEED  : 'random', or the number that hashes of str and bytes grow from
PYTHONHOME      : the folder whose lib/python3.14 is the standard library, in
                  place of the one that gopy carries
PYTHONIOENCODING: encoding[:errors] of the standard streams
PYTHONPATH      : folders to look for modules in first, with ':' between them
PYTHONPLATLIBDIR: the value of sys.platlibdir
PYTHONSTARTUP   : a file to run at the interactive start
PYTHONUSERBASE  : site.USER_BASE

Variables that an option stands for, too:
PYTHON_CONTEXT_AWARE_WARNINGS (-X context_aware_warnings)
PYTHON_CPU_COUNT (-X cpu_count)
PYTHONDEBUG (-d)
PYTHONDEVMODE (-X dev)
PYTHONDONTWRITEBYTECODE (-B)
PYTHONFAULTHANDLER (-X faulthandler)
PYTHON_FROZEN_MODULES (-X frozen_modules)
PYTHONINSPECT (-i)
PYTHONINTMAXSTRDIGITS (-X int_max_str_digits)
PYTHONNODEBUGRANGES (-X no_debug_ranges)
PYTHONNOUSERSITE (-s)
PYTHONOPTIMIZE (-O)
PYTHONPROFILEIMPORTTIME (-X importtime)
PYTHONPYCACHEPREFIX (-X pycache_prefix)
PYTHONSAFEPATH (-P)
PYTHON_THREAD_INHERIT_CONTEXT (-X thread_inherit_context)
PYTHONTRACEMALLOC (-X tracemalloc)
PYTHONUNBUFFERED (-u)
PYTHONUTF8 (-X utf8)
PYTHONVERBOSE (-v)
PYTHONWARNDEFAULTENCODING (-X warn_default_encoding)
PYTHONWARNINGS (-W)
`;

/** --help-xoptions */
export const HELP_X: string = `The -X options:
-X context_aware_warnings=[0|1]: whether warnings keeps its state in a context variable
-X cpu_count=N: what os.cpu_count() says; 'default' for the truth
-X dev : development mode: more checks and warnings
-X faulthandler: turn faulthandler on
-X frozen_modules=[on|off]: whether the modules of the start are taken ready made
-X importtime[=2]: how long each import takes; 2 lists repeated ones, too
-X int_max_str_digits=N: the limit for int from and to str; 0 for none
-X no_debug_ranges: no columns in code objects
-X pycache_prefix=PATH: a folder for all .pyc files
-X thread_inherit_context=[0|1]: whether a thread starts with its maker's context
-X tracemalloc[=N]: trace allocations
-X utf8[=0|1]: UTF-8 mode
-X warn_default_encoding: warn where a text file's encoding is left to chance
`;
