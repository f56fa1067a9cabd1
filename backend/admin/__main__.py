"""python -m backend.admin …"""

from backend.admin import main

main()
