; Offline installer for Windows, for all users of the workstation (Inno Setup 6.3 or later).
; packaging/make_installer.py calls it:  ISCC /DVersion=0.1.0 packaging\windows\woundtrack.iss
;
; Silently, by an administrator:
;   woundtrack-0.1.0-windows.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART /LOG="C:\Logs\woundtrack.log"
;   ... /DIR="D:\Programs\woundtrack" /TASKS="desktopicon,path" /LANG=fr
; and away again:
;   "C:\Program Files\woundtrack\unins000.exe" /VERYSILENT /SUPPRESSMSGBOXES /NORESTART

#ifndef Version
  #error Version is given by packaging/make_installer.py
#endif
#define Root AddBackslash(SourcePath) + "..\.."

[Setup]
; Never changes: by it an upgrade finds the version before.
AppId={{6B1F3C52-8A0E-4E0B-9C6D-2F47A5D0E913}
AppName=woundtrack
AppVersion={#Version}
AppVerName=woundtrack {#Version}
AppPublisher=the woundtrack authors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\woundtrack
DisableProgramGroupPage=yes
DisableDirPage=auto
UsePreviousAppDir=yes
UsePreviousTasks=yes
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Root}\LICENSE
SetupIconFile={#Root}\build\icons\woundtrack.ico
UninstallDisplayIcon={app}\woundtrack-window.exe
UninstallDisplayName=woundtrack
OutputDir={#Root}\dist
OutputBaseFilename=woundtrack-{#Version}-windows
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
SetupLogging=yes
; A window that is open is asked to close; work that is not confirmed is kept by the program.
CloseApplications=yes
RestartApplications=no
ChangesAssociations=yes
ChangesEnvironment=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[CustomMessages]
en.DesktopIcon=Put an icon on the desktop
fr.DesktopIcon=Placer une icône sur le bureau
en.Path=Offer the command "woundtrack" in every command prompt
fr.Path=Proposer la commande « woundtrack » dans toutes les invites de commande
en.ClinicFile=woundtrack clinic
fr.ClinicFile=Centre woundtrack
en.Kept=woundtrack is removed. No clinic was touched: its folder, its photos and its backups stay.
fr.Kept=woundtrack est désinstallé. Aucun centre n’a été modifié : son dossier, ses photos et ses sauvegardes restent en place.
en.KeptHere=Clinics that were opened on this computer:
fr.KeptHere=Centres ouverts sur cet ordinateur :

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"
Name: "path"; Description: "{cm:Path}"; Flags: unchecked

[InstallDelete]
; Modules of an earlier version must not be found by this one. Nothing of a clinic lies here.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licences"

[Files]
Source: "{#Root}\dist\woundtrack\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\woundtrack"; Filename: "{app}\woundtrack-window.exe"
Name: "{autodesktop}\woundtrack"; Filename: "{app}\woundtrack-window.exe"; Tasks: desktopicon

[Registry]
Root: HKLM; Subkey: "Software\Classes\.woundtrack"; ValueType: string; ValueData: "woundtrack.clinic"; Flags: uninsdeletekey
Root: HKLM; Subkey: "Software\Classes\woundtrack.clinic"; ValueType: string; ValueData: "{cm:ClinicFile}"; Flags: uninsdeletekey
Root: HKLM; Subkey: "Software\Classes\woundtrack.clinic\DefaultIcon"; ValueType: string; ValueData: "{app}\woundtrack-window.exe,0"
Root: HKLM; Subkey: "Software\Classes\woundtrack.clinic\shell\open\command"; ValueType: string; ValueData: """{app}\woundtrack-window.exe"" ""%1"""
Root: HKLM; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\woundtrack-window.exe"; ValueType: string; ValueData: "{app}\woundtrack-window.exe"; Flags: uninsdeletekey
Root: HKLM; Subkey: "SYSTEM\CurrentControlSet\Control\Session Manager\Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NotOnPath

[Run]
Filename: "{app}\woundtrack-window.exe"; Description: "woundtrack"; Flags: postinstall nowait skipifsilent runasoriginaluser

[Code]
const
  PathKey = 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment';

function NotOnPath: Boolean;
var
  Known: String;
begin
  if not RegQueryStringValue(HKLM, PathKey, 'Path', Known) then
    Known := '';
  Result := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Known) + ';') = 0;
end;

procedure LeavePath;
var
  Known, Ours: String;
  At: Integer;
begin
  if not RegQueryStringValue(HKLM, PathKey, 'Path', Known) then
    exit;
  Ours := ';' + Lowercase(ExpandConstant('{app}'));
  At := Pos(Ours + ';', Lowercase(Known) + ';');
  if At > 0 then
  begin
    Delete(Known, At, Length(Ours));
    RegWriteExpandStringValue(HKLM, PathKey, 'Path', Known);
  end;
end;

{ The clinic's folder that an account's settings name, or nothing. }
function FolderIn(Settings: String): String;
var
  Lines: TArrayOfString;
  Each: Integer;
begin
  Result := '';
  if LoadStringsFromFile(Settings, Lines) then
    for Each := 0 to GetArrayLength(Lines) - 1 do
      if (Pos('folder=', Lines[Each]) = 1) and (Length(Lines[Each]) > 7) then
        Result := Copy(Lines[Each], 8, Length(Lines[Each]));
  { Qt writes a backslash as two, and puts what holds a comma into quotation marks. }
  StringChangeEx(Result, '\\', '\', True);
  StringChangeEx(Result, '"', '', True);
end;

{ What the settings of all accounts of this computer name, one a line. }
function KnownClinics: String;
var
  Found: TFindRec;
  Homes, Folder: String;
begin
  Result := '';
  Homes := AddBackslash(ExtractFileDir(GetEnv('PUBLIC')));
  if FindFirst(Homes + '*', Found) then
  try
    repeat
      Folder := FolderIn(Homes + Found.Name + '\AppData\Local\woundtrack\woundtrack\settings.ini');
      if (Folder <> '') and (Pos(Folder + #13#10, Result) = 0) then
        Result := Result + Folder + #13#10;
    until not FindNext(Found);
  finally
    FindClose(Found);
  end;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Told, Clinics: String;
begin
  if CurUninstallStep = usUninstall then
    LeavePath;
  if CurUninstallStep <> usPostUninstall then
    exit;
  Told := CustomMessage('Kept');
  Clinics := KnownClinics;
  if Clinics <> '' then
    Told := Told + #13#10#13#10 + CustomMessage('KeptHere') + #13#10 + Clinics;
  Log(Told);
  if not UninstallSilent then
    MsgBox(Told, mbInformation, MB_OK);
end;
