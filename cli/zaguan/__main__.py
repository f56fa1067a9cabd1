"""python -m zaguan"""

from zaguan.command import run

run()
