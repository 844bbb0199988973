@echo off
rem Starts the demo. To run a competition of your own: py arena.py serve
cd /d "%~dp0"
chcp 65001 >nul
py -3 arena.py demo %*
if errorlevel 1 pause
